//! Functions of datetimes and timespans.

mod ago;
mod calendar;
mod datetime_add;
mod datetime_diff;
mod datetime_list_timezones;
mod datetime_local_to_utc;
mod datetime_part;
mod datetime_utc_to_local;
mod dayofmonth;
mod dayofweek;
mod dayofyear;
mod endofday;
mod endofmonth;
mod endofweek;
mod endofyear;
mod format_datetime;
mod format_timespan;
mod getyear;
mod hourofday;
mod ingestion_time;
mod make_datetime;
mod make_timespan;
mod monthofyear;
mod now;
mod part;
mod pattern;
mod startofday;
mod startofmonth;
mod startofweek;
mod startofyear;
mod unixtime;
mod unixtime_microseconds_todatetime;
mod unixtime_milliseconds_todatetime;
mod unixtime_nanoseconds_todatetime;
mod unixtime_seconds_todatetime;
mod week_of_year;
mod zone;

family![
    ago,
    datetime_add,
    datetime_diff,
    datetime_list_timezones,
    datetime_local_to_utc,
    datetime_part,
    datetime_utc_to_local,
    dayofmonth,
    dayofweek,
    dayofyear,
    endofday,
    endofmonth,
    endofweek,
    endofyear,
    format_datetime,
    format_timespan,
    getyear,
    hourofday,
    ingestion_time,
    make_datetime,
    make_timespan,
    monthofyear,
    now,
    startofday,
    startofmonth,
    startofweek,
    startofyear,
    unixtime_microseconds_todatetime,
    unixtime_milliseconds_todatetime,
    unixtime_nanoseconds_todatetime,
    unixtime_seconds_todatetime,
    week_of_year,
];
