//! A server on this machine with a few lists.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Answers until the tests end.
pub(super) struct Server {
    pub(super) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away is none of ours.
                let _ = answer(stream, &log);
            }
        });
        Self { port, asked }
    }

    /// The lines of the requests so far.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(stream: TcpStream, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut line, mut first, mut length) = (String::new(), String::new(), 0);
    while reader.read_line(&mut line)? > 2 {
        let text = line.trim().to_owned();
        if let Some(value) = text.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if first.is_empty() {
            first.clone_from(&text);
        }
        log.lock().unwrap().push(text);
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let path = first.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/");
    let (status, heads, content) = content(path, body);
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n",
        content.len()
    )?;
    write!(stream, "{heads}\r\n")?;
    stream.write_all(&content)
}

fn content(path: &str, sent: Vec<u8>) -> (&'static str, String, Vec<u8>) {
    let ok = |text: &str| ("200 OK", String::new(), text.as_bytes().to_vec());
    let to = |place: String| ("302 Found", format!("Location: {place}\r\n"), Vec::new());
    match path {
        "/list.csv" => {
            ok("ip,n,t,d\r\n1.2.3.4,7,2024-01-02,\"{\"\"a\"\":1}\"\r\n\"5.6.7.8, x\"\r\n")
        }
        "/list.txt" => ok("# head\n\n1.1.1.1\r\n2.2.2.2,3\n\n"),
        "/list.tsv" => ok("x\t1\n"),
        "/list.csv.gz" => ("200 OK", String::new(), packed(b"packed\n")),
        "/list.json" => {
            let text =
                "[{\"name\":\"a\\\"b\",\n\"inner\":{\"x\":[1]},\"n\":1.5},\n{\"name\":\"c\"}]";
            ("200 OK", String::from("Content-Type: application/json\r\n"), text.into())
        }
        "/echo" => ("200 OK", String::new(), sent),
        "/long" => ok(&"x\n".repeat(1000)),
        "/bomb.gz" => ("200 OK", String::new(), packed(&[b'x'; 100_000])),
        "/round" => to(String::from("/round")),
        "/to-list" => to(String::from("/list.txt")),
        path => match path.strip_prefix("/to-port/") {
            Some(port) => to(format!("http://127.0.0.1:{port}/list.txt")),
            None => ("404 Not Found", String::new(), Vec::new()),
        },
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}
