//! What queries may reach beyond the logs: each where it is allowed, and refused by name where it is not.

mod database;
mod server;

use std::path::Path;
use std::sync::Arc;

use harrier_store::{FetchLimits, IngestionTime, OpenOptions, OutsideOptions, Store};
use kql_engine::{Answer, Engine, EngineOptions, QueryError, QueryOptions, json};

use server::Server;

fn engine(store: Store) -> Engine {
    let options = EngineOptions { threads: 2, ..EngineOptions::default() };
    Engine::new(Arc::new(store), options).unwrap()
}

fn with(options: &OutsideOptions) -> Engine {
    engine(Store::known().with_outside(options).unwrap())
}

async fn answer(engine: &Engine, query: &str) -> Result<Answer, QueryError> {
    engine.query(query, &QueryOptions::default()).await
}

/// The rows of an answer as JSON.
async fn rows(engine: &Engine, query: &str) -> String {
    let answer = answer(engine, query).await.unwrap_or_else(|error| panic!("{query}: {error}"));
    let mut text = String::new();
    json::write_rows(&answer.tables[0], &mut text);
    text
}

/// Why a query is refused, with the help.
async fn refused(engine: &Engine, query: &str) -> String {
    match answer(engine, query).await {
        Err(QueryError::Refused(problems)) => {
            assert!(!problems[0].marks.is_empty(), "{problems:?}");
            format!("{}: {}", problems[0].message, problems[0].help.clone().unwrap_or_default())
        }
        other => panic!("{query} is not refused: {other:?}"),
    }
}

async fn failed(engine: &Engine, query: &str) -> String {
    match answer(engine, query).await {
        Err(error @ QueryError::Io(_)) => error.to_string(),
        other => panic!("{query} does not fail: {other:?}"),
    }
}

fn allowing(server: &Server) -> OutsideOptions {
    let hosts = vec![format!("127.0.0.1:{}", server.port).parse().unwrap()];
    OutsideOptions { hosts, ..OutsideOptions::default() }
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_reached_unasked() {
    let engine = with(&OutsideOptions::default());
    for (query, wanted) in [
        (
            "externaldata(a:string)[h@'https://lists.example.org/a.csv?sig=secret;key']",
            &["lists.example.org/a.csv`", "--allow-host lists.example.org", "--allow-folder"][..],
        ),
        ("externaldata(a:string)['/etc/passwd'] with (format='txt')", &["/etc/passwd", "folder"]),
        ("evaluate http_request('https://api.example.org/x')", &["--allow-host api.example.org"]),
        (
            "evaluate http_request_post('https://api.example.org/x', dynamic(null), dynamic(null), 'a')",
            &["--allow-host api.example.org"],
        ),
        ("_GetWatchlist('VIPs') | where SearchKey == 'a'", &["`VIPs`", "VIPs.csv", "--watchlists"]),
        ("_GetWatchlistAlias", &["--watchlists"]),
        ("DeviceFileEvents | invoke FileProfile(SHA1)", &["FileProfile", "--lookups"]),
        ("DeviceInfo | invoke SeenBy()", &["SeenBy", "SeenBy.csv"]),
        ("DeviceNetworkEvents | project IP = LocalIP | invoke DeviceFromIP()", &["DeviceFromIP"]),
        ("print geo_info_from_ip_address('8.8.8.8')", &["database", "--maxmind"]),
        ("arg('').Resources | count", &["`Resources`", "Azure Resource Graph"]),
        ("adx('help/Samples').StormEvents | count", &["Azure Data Explorer"]),
        ("union SecurityEvent, arg('').Resources | count", &["Azure Resource Graph"]),
        ("print current_principal()", &["current_principal", "who is signed in"]),
    ] {
        let message = refused(&engine, query).await;
        for part in wanted {
            assert!(message.contains(part), "{query}: {message}");
        }
        assert!(!message.contains("secret") && !message.contains(";key"), "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_read_in_their_formats() {
    let server = Server::start();
    let engine = with(&allowing(&server));
    let at = |path: &str| format!("http://127.0.0.1:{}{path}", server.port);
    let csv = at("/list.csv");
    for (query, wanted) in [
        (
            format!(
                "externaldata(ip:string, n:long, t:datetime, d:dynamic)[h@'{csv}'] with (format='csv', ignoreFirstRecord=true)"
            ),
            r#"[["1.2.3.4",7,"2024-01-02T00:00:00.0000000Z",{"a":1}],["5.6.7.8, x",null,null,null]]"#,
        ),
        // The ending tells the format; what is beyond the columns is left out, what is missing is absent.
        (
            format!("externaldata(a:string)['{csv};token']"),
            r#"[["ip"],["1.2.3.4"],["5.6.7.8, x"]]"#,
        ),
        (
            format!(
                "externaldata(a:string, b:string)['{}'] with (ignorefirstrecord=true)",
                at("/list.txt")
            ),
            r##"[["1.1.1.1",""],["2.2.2.2,3",""]]"##,
        ),
        (format!("externaldata(a:string)['{}']", at("/list.csv.gz")), r#"[["packed"]]"#),
        (
            format!("externaldata(a:string, b:int)['{}', '{}']", at("/list.tsv"), at("/list.tsv")),
            r#"[["x",1],["x",1]]"#,
        ),
        (
            format!(
                "externaldata(name:string, inner:dynamic, n:real)['{}'] with (format='multijson')",
                at("/list.json")
            ),
            r#"[["a\"b",{"x":[1]},1.5],["c",null,null]]"#,
        ),
        (
            format!(
                "externaldata(X:long, N:string)['{}'] with (format=multijson, ingestionMapping='[{{\"Column\":\"X\",\"Properties\":{{\"Path\":\"$.inner.x[0]\"}}}},{{\"column\":\"N\",\"path\":\"$.name\"}}]')",
                at("/list.json")
            ),
            r#"[[1,"a\"b"],[null,"c"]]"#,
        ),
        (
            format!(
                "let L = externaldata(a:string)['{}'] with (format='txt'); print toscalar(L | count), x = '2.2.2.2,3' in (L)",
                at("/list.txt")
            ),
            "[[3,true]]",
        ),
        (
            format!(
                "externaldata(a:string)['{}'] with (format='raw') | project n = strlen(a)",
                at("/list.txt")
            ),
            "[[28]]",
        ),
        (
            format!("external_data(a:string)['{}'] with (format='txt')", at("/to-list")),
            r##"[["# head"],["1.1.1.1"],["2.2.2.2,3"]]"##,
        ),
    ] {
        assert_eq!(rows(&engine, &query).await, wanted, "{query}");
    }
    let message =
        refused(&engine, "externaldata(a:string)['https://a.test/x'] with (format='avro')").await;
    assert!(message.contains("format"), "{message}");
    let query = format!("externaldata(a:string)['{csv}'] with (format='csv', namePrefix='x')");
    assert!(refused(&engine, &query).await.contains("namePrefix"));
    // What was fetched once is not fetched again.
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|line| line.contains("/list.csv ")).count(), 1, "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_lead_nowhere_else() {
    let server = Server::start();
    let other = Server::start();
    let options = OutsideOptions {
        limits: FetchLimits { bytes: 1000, ..FetchLimits::default() },
        ..allowing(&server)
    };
    let engine = with(&options);
    let read = |path: &str| {
        format!(
            "externaldata(a:string)['http://127.0.0.1:{}{path}'] with (format='txt')",
            server.port
        )
    };
    let message = refused(&engine, &read(&format!("/to-port/{}", other.port))).await;
    assert!(message.contains("sends to") && message.contains(&other.port.to_string()), "{message}");
    assert!(other.asked().is_empty());
    assert!(failed(&engine, &read("/round")).await.contains("more than 5 times"));
    assert!(failed(&engine, &read("/long")).await.contains("more than 1000 bytes"));
    assert!(failed(&engine, &read("/bomb.gz")).await.contains("more than 1000 bytes"));
    let message = failed(&engine, &read("/missing?sig=secret")).await;
    assert!(message.contains("404") && !message.contains("secret"), "{message}");
    let message = refused(&engine, &read("/list.txt").replace("127.0.0.1", "localhost")).await;
    assert!(message.contains("--allow-host localhost:"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_are_asked_by_plugins() {
    let server = Server::start();
    let engine = with(&allowing(&server));
    let at = format!("http://127.0.0.1:{}", server.port);
    let query = format!(
        "evaluate http_request('{at}/list.json', dynamic({{'X-Own':'a'}})) | project n = array_length(ResponseBody), t = ResponseHeaders['content-type']"
    );
    assert_eq!(rows(&engine, &query).await, r#"[[2,"application/json"]]"#);
    let asked = server.asked().join("\n").to_ascii_lowercase();
    assert!(asked.contains("x-own: a") && asked.contains("x-ms-readonly: true"), "{asked}");
    let query = format!(
        "let uri = '{at}/echo'; evaluate http_request_post(uri, dynamic(null), dynamic(null), '[1]') | project ResponseBody"
    );
    assert_eq!(rows(&engine, &query).await, r#"[["[1]"]]"#);
    let query =
        format!("evaluate http_request('{at}/echo', dynamic({{'Authorization':'Bearer x'}}))");
    let error = answer(&engine, &query).await.unwrap_err().to_string();
    assert!(error.contains("https:"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_stand_for_addresses() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "open/intel.test/feeds/a.txt", "one\ntwo\n");
    write(folder.path(), "open/own.csv", "x,1\n");
    write(folder.path(), "secret.txt", "no");
    let folders = vec![folder.path().join("open")];
    let engine = with(&OutsideOptions { folders, ..OutsideOptions::default() });
    let query = "externaldata(a:string)['https://intel.test/feeds/a.txt?key=1']";
    assert_eq!(rows(&engine, query).await, r#"[["one"],["two"]]"#);
    assert_eq!(rows(&engine, "externaldata(a:string, n:int)['own.csv']").await, r#"[["x",1]]"#);
    let whole = folder.path().join("open/own.csv");
    let query = format!("externaldata(a:string)['file://{}']", whole.display());
    assert_eq!(rows(&engine, &query).await, r#"[["x"]]"#);
    let secret = folder.path().join("secret.txt");
    for path in
        ["../secret.txt", &secret.to_string_lossy(), "/etc/passwd", "feeds/../../secret.txt"]
    {
        let message = refused(&engine, &format!("externaldata(a:string)[@'{path}']")).await;
        assert!(message.contains("no allowed folder"), "{message}");
    }
    let query = "externaldata(a:string)['https://intel.test/../../secret.txt']";
    assert!(refused(&engine, query).await.contains("--allow-host"));
}

#[tokio::test(flavor = "multi_thread")]
async fn watchlists_are_files() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "VIPs.csv",
        "UserPrincipalName,Office,SearchKey\nann@x.test,Oslo,ann\nbob@x.test,,bob\n",
    );
    write(folder.path(), "Hosts.csv", "\u{feff}Host,Owner\nsrv1,\"a, b\"\n");
    let watchlists = Some(folder.path().to_owned());
    let engine = with(&OutsideOptions { watchlists, ..OutsideOptions::default() });
    for (query, wanted) in [
        (
            "_GetWatchlist('VIPs') | where Office == 'Oslo' | project SearchKey, UserPrincipalName, WatchlistItem",
            r#"[["ann","ann@x.test",{"UserPrincipalName":"ann@x.test","Office":"Oslo","SearchKey":"ann"}]]"#,
        ),
        (
            "_GetWatchlist('vips', dynamic(['bob'])) | project SearchKey, _DTItemId",
            r#"[["bob","2"]]"#,
        ),
        (
            "_GetWatchlist('Hosts') | project SearchKey, Owner, isnull(LastUpdatedTimeUTC)",
            r#"[["srv1","a, b",false]]"#,
        ),
        (
            "let a = 'Hosts'; _GetWatchlist(a) | getschema | summarize make_list(ColumnName)",
            r#"[[["_DTItemId","LastUpdatedTimeUTC","SearchKey","WatchlistItem","Host","Owner"]]]"#,
        ),
        ("_GetWatchlistAlias | sort by WatchlistAlias asc", r#"[["Hosts"],["VIPs"]]"#),
        (
            "datatable(u:string)['ann','eve'] | join kind=leftanti (_GetWatchlist('VIPs')) on $left.u == $right.SearchKey",
            r#"[["eve"]]"#,
        ),
        ("print x = 'bob' in ((_GetWatchlist('VIPs') | project SearchKey))", "[[true]]"),
        // A workspace that configures nothing has no such list.
        (
            "_GetWatchlist('ASimDisabledParsers') | extend p = column_ifexists('SourceSpecificParser', '') | count",
            "[[0]]",
        ),
    ] {
        assert_eq!(rows(&engine, query).await, wanted, "{query}");
    }
    let message = refused(&engine, "_GetWatchlist('Servers') | where Tier == 1").await;
    assert!(message.contains("`Servers`") && message.contains("Servers.csv"), "{message}");
    let error = answer(&engine, "_GetWatchlist('VIPs') | where Ofice == ''").await.unwrap_err();
    assert!(error.to_string().contains("no column named `Ofice`"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_products_functions_look_up_files() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "FileProfile.csv",
        "SHA1,SHA256,GlobalPrevalence,Signer,IsCertificateValid\nAA11,ff22,12,Contoso,true\nbb11,,900,,\n",
    );
    write(folder.path(), "SeenBy.csv", "DeviceId,SeenBy\nd1,\"[{\"\"DeviceId\"\":\"\"d9\"\"}]\"\n");
    write(
        folder.path(),
        "DeviceFromIP.csv",
        "IP,DeviceId,Timestamp\n10.0.0.1,old,2024-01-01\n10.0.0.1,new,2024-01-05\n10.0.0.2,x,2024-01-03\n",
    );
    let lookups = Some(folder.path().to_owned());
    let engine = with(&OutsideOptions { lookups, ..OutsideOptions::default() });
    let files = "datatable(SHA1:string, Other:string, FileName:string)['aa11','','a.exe', 'cc11','FF22','c.exe']";
    for (query, wanted) in [
        (
            format!(
                "{files} | invoke FileProfile(SHA1, 1000) | project FileName, SHA1, SHA256, GlobalPrevalence, Signer, IsCertificateValid, ProfileAvailability | sort by FileName asc"
            ),
            r#"[["a.exe","aa11","ff22",12,"Contoso",true,"Available"],["c.exe","cc11","",null,"",null,"Missing"]]"#,
        ),
        (
            format!(
                "{files} | invoke FileProfile('Other') | where GlobalPrevalence < 100 | project FileName, SHA1"
            ),
            r#"[["c.exe","cc11"]]"#,
        ),
        (format!("{files} | invoke FileProfile() | count"), "[[2]]"),
        (
            "datatable(DeviceId:string)['d1','d2'] | invoke SeenBy() | sort by DeviceId asc".into(),
            r#"[["d1",[{"DeviceId":"d9"}]],["d2",null]]"#,
        ),
        (
            "datatable(IP:string)['10.0.0.1','10.0.0.1','10.9.9.9'] | invoke DeviceFromIP()".into(),
            r#"[["10.0.0.1","new"]]"#,
        ),
        (
            "datatable(IP:string)['10.0.0.1'] | invoke DeviceFromIP(datetime(2024-01-02))".into(),
            r#"[["10.0.0.1","old"]]"#,
        ),
    ] {
        assert_eq!(rows(&engine, &query).await, wanted, "{query}");
    }
    let message = refused(&engine, "datatable(a:string)['x'] | invoke SeenBy()").await;
    assert!(message.contains("`DeviceId`"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_have_places() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("places.mmdb");
    std::fs::write(&file, database::of("203.0.113.0", 24)).unwrap();
    let engine = with(&OutsideOptions { locations: Some(file), ..OutsideOptions::default() });
    let query = "datatable(ip:string)['203.0.113.9','203.0.114.9','no address',''] | extend p = geo_info_from_ip_address(ip) | project p, c = tostring(p.country)";
    assert_eq!(
        rows(&engine, query).await,
        r#"[[{"country":"Norway","city":"Oslo","latitude":59.5,"longitude":10.25},"Norway"],[null,""],[null,""],[null,""]]"#
    );
    let query = "print c = geo_info_from_ip_address('203.0.113.1').city";
    assert_eq!(rows(&engine, query).await, r#"[["Oslo"]]"#);
    let broken = folder.path().join("broken.mmdb");
    std::fs::write(&broken, "no database").unwrap();
    let options = OutsideOptions { locations: Some(broken), ..OutsideOptions::default() };
    assert!(Store::known().with_outside(&options).unwrap_err().to_string().contains("MaxMind"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_say_when_they_were_ingested_or_it_is_said_what_is_assumed() {
    let folder = tempfile::tempdir().unwrap();
    let known = r#"{"TimeGenerated":"2024-01-01T00:00:00Z","_TimeReceived":"2024-01-03T00:00:00Z","Account":"a"}"#;
    let unknown = r#"{"TimeGenerated":"2024-01-02T00:00:00Z","TimeCollected":"2024-01-05T00:00:00Z","UserId":"b"}"#;
    write(folder.path(), "SecurityEvent.ndjson", &format!("{known}\n"));
    write(folder.path(), "OfficeActivity.ndjson", &format!("{unknown}\n"));
    let open =
        || Store::open(&[folder.path().to_owned()], &OpenOptions::default(), &|_| {}).unwrap();
    let days = "| extend d = dayofmonth(ingestion_time()) | project d";
    let engine_of = |ingestion: IngestionTime| engine(open().with_ingestion_time(ingestion));
    let assumed = engine_of(IngestionTime::AsEvent);
    let exact = answer(&assumed, &format!("SecurityEvent {days}")).await.unwrap();
    assert!(exact.diagnostics.is_empty(), "{:?}", exact.diagnostics);
    let told = answer(&assumed, &format!("OfficeActivity {days}")).await.unwrap();
    assert_eq!(told.diagnostics[0].code.0, "ingestion-assumed");
    for (query, wanted) in [
        (format!("SecurityEvent {days}"), "[[3]]"),
        (format!("OfficeActivity {days}"), "[[2]]"),
        ("SecurityEvent | where ingestion_time() > datetime(2024-01-02) | count".into(), "[[1]]"),
        (format!("SecurityEvent | where Account == 'a' | project Account | as T {days}"), "[[3]]"),
        (
            format!(
                "let S = SecurityEvent | extend x = 1; union S, OfficeActivity {days} | sort by d asc"
            ),
            "[[2],[3]]",
        ),
        (format!("let S = materialize(SecurityEvent | project Account); S {days}"), "[[3]]"),
        (
            format!(
                "SecurityEvent | mv-expand x = dynamic([1,2]) to typeof(long) {days} | distinct d"
            ),
            "[[3]]",
        ),
        // What is made of several rows was never ingested.
        (format!("SecurityEvent | summarize by Account {days}"), "[[null]]"),
        (format!("print x = 1 {days}"), "[[null]]"),
    ] {
        assert_eq!(rows(&assumed, &query).await, wanted, "{query}");
    }
    let column = engine_of(IngestionTime::Column("TimeCollected".into()));
    assert_eq!(rows(&column, &format!("OfficeActivity {days}")).await, "[[5]]");
    let unknown = engine_of(IngestionTime::Unknown);
    assert_eq!(rows(&unknown, &format!("OfficeActivity {days}")).await, "[[null]]");
}
