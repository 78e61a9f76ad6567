//! Rules over data: hunt, replaying time windows.
