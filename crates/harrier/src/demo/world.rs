//! Larkspur, the company whose logs these are: its people, computers and places.

use fastrand::Rng;

/// The company's domain; names under `.example` and `.test` belong to nobody.
pub(crate) const DOMAIN: &str = "larkspur.example";

/// A place on earth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) country: &'static str,
    pub(crate) state: &'static str,
    pub(crate) city: &'static str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

const fn place(
    country: &'static str,
    state: &'static str,
    city: &'static str,
    latitude: f64,
    longitude: f64,
) -> Place {
    Place { country, state, city, latitude, longitude }
}

/// Where the company works.
pub(crate) static OFFICES: [Place; 5] = [
    place("NL", "North Holland", "Amsterdam", 52.37, 4.90),
    place("DE", "Hesse", "Frankfurt", 50.11, 8.68),
    place("SE", "Stockholm", "Stockholm", 59.33, 18.07),
    place("US", "New York", "New York", 40.71, -74.01),
    place("SG", "Singapore", "Singapore", 1.35, 103.82),
];

/// Not far from Amsterdam: nobody's travel to it is impossible.
pub(crate) static BRUSSELS: Place = place("BE", "Brussels", "Brussels", 50.85, 4.35);

/// Where nobody of the company works.
pub(crate) static ABROAD: [Place; 4] = [
    place("VN", "Hanoi", "Hanoi", 21.03, 105.85),
    place("BR", "Sao Paulo", "Sao Paulo", -23.55, -46.63),
    place("NG", "Lagos", "Lagos", 6.52, 3.38),
    place("RO", "Bucharest", "Bucharest", 44.43, 26.10),
];

/// Somebody who works there.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) number: usize,
    pub(crate) display: String,
    /// `mira.osei`
    pub(crate) account: String,
    /// `mira.osei@larkspur.example`
    pub(crate) upn: String,
    pub(crate) id: String,
    pub(crate) sid: String,
    pub(crate) home: &'static Place,
    /// The person's own address; no two people share one.
    pub(crate) address: String,
    pub(crate) device: usize,
}

/// A computer.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    /// `ws-ams-014.larkspur.example`
    pub(crate) name: String,
    pub(crate) id: String,
    /// Inside the company's network.
    pub(crate) address: String,
}

/// A service principal.
#[derive(Clone, Debug)]
pub(crate) struct Principal {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) app_id: String,
    pub(crate) home: &'static Place,
    pub(crate) address: String,
}

/// A program that the company's computers run.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) folder: &'static str,
    pub(crate) arguments: &'static str,
    pub(crate) sha256: String,
}

/// All of it. The same for the same seed.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) people: Vec<Person>,
    pub(crate) workstations: Vec<Device>,
    pub(crate) servers: Vec<Device>,
    pub(crate) principals: Vec<Principal>,
    pub(crate) programs: Vec<Program>,
    pub(crate) tenant: String,
}

const FIRST: [&str; 24] = [
    "Mira", "Jonas", "Amara", "Luca", "Ines", "Tomas", "Priya", "Noah", "Freya", "Kofi", "Hana",
    "Emil", "Sofia", "Ravi", "Clara", "Mateo", "Nadia", "Oskar", "Leila", "Hugo", "Yara", "Felix",
    "Zoe", "Arun",
];
const LAST: [&str; 20] = [
    "Osei",
    "Lindqvist",
    "de Vries",
    "Brandt",
    "Tan",
    "Okafor",
    "Novak",
    "Silva",
    "Meyer",
    "Rossi",
    "Haddad",
    "Kaur",
    "Berg",
    "Moreau",
    "Santos",
    "Nguyen",
    "Fischer",
    "Costa",
    "Adler",
    "Young",
];
const SITES: [&str; 5] = ["ams", "fra", "sto", "nyc", "sin"];

/// How many people work at Larkspur.
pub(crate) const PEOPLE: usize = 120;
const SERVERS: usize = 16;
const PRINCIPALS: usize = 24;

impl World {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let people = (0..PEOPLE).map(|number| person(rng, number)).collect();
        let workstations = (0..PEOPLE).map(|number| {
            let site = SITES[number % SITES.len()];
            device(
                rng,
                format!("ws-{site}-{number:03}"),
                format!("10.20.{}.{}", number % 5, 10 + number),
            )
        });
        let workstations = workstations.collect();
        let servers = (0..SERVERS).map(|number| {
            device(rng, format!("srv-ams-{number:02}"), format!("10.10.1.{}", 10 + number))
        });
        let servers = servers.collect();
        let principals = (0..PRINCIPALS).map(|number| principal(rng, number)).collect();
        let programs = PROGRAMS.iter().map(|(name, folder, arguments)| Program {
            name,
            folder,
            arguments,
            sha256: hex(rng, 64),
        });
        Self {
            people,
            workstations,
            servers,
            principals,
            programs: programs.collect(),
            tenant: String::from("7d0e52f4-9b1c-4c53-8a8e-2f6f5b1c9d10"),
        }
    }

    pub(crate) fn person(&self, number: usize) -> &Person {
        &self.people[number % self.people.len()]
    }

    pub(crate) fn workstation(&self, number: usize) -> &Device {
        &self.workstations[number % self.workstations.len()]
    }

    pub(crate) fn server(&self, number: usize) -> &Device {
        &self.servers[number % self.servers.len()]
    }

    pub(crate) fn principal(&self, number: usize) -> &Principal {
        &self.principals[number % self.principals.len()]
    }

    /// The computer of a person.
    pub(crate) fn device_of(&self, person: &Person) -> &Device {
        self.workstation(person.device)
    }

    /// A program by its name.
    pub(crate) fn program(&self, number: usize) -> &Program {
        &self.programs[number % self.programs.len()]
    }
}

const PROGRAMS: [(&str, &str, &str); 22] = [
    ("svchost.exe", r"C:\Windows\System32", "-k netsvcs -p -s Schedule"),
    ("chrome.exe", r"C:\Program Files\Google\Chrome\Application", "--type=renderer --lang=en-US"),
    ("msedge.exe", r"C:\Program Files (x86)\Microsoft\Edge\Application", "--type=utility"),
    ("teams.exe", r"C:\Program Files\WindowsApps\MSTeams", ""),
    ("outlook.exe", r"C:\Program Files\Microsoft Office\root\Office16", "/recycle"),
    ("excel.exe", r"C:\Program Files\Microsoft Office\root\Office16", "/dde"),
    ("winword.exe", r"C:\Program Files\Microsoft Office\root\Office16", "/n"),
    ("conhost.exe", r"C:\Windows\System32", "0xffffffff -ForceV1"),
    ("cmd.exe", r"C:\Windows\System32", "/c gpupdate /target:computer"),
    (
        "powershell.exe",
        r"C:\Windows\System32\WindowsPowerShell\v1.0",
        "-NoProfile -File C:\\Scripts\\inventory.ps1",
    ),
    ("git.exe", r"C:\Program Files\Git\cmd", "fetch --all --prune"),
    ("node.exe", r"C:\Program Files\nodejs", "server.js"),
    ("python.exe", r"C:\Program Files\Python312", "-m pytest -q"),
    ("RuntimeBroker.exe", r"C:\Windows\System32", "-Embedding"),
    ("backgroundTaskHost.exe", r"C:\Windows\System32", "-ServerName:App.AppX"),
    ("taskhostw.exe", r"C:\Windows\System32", "SyncLicenses"),
    ("dllhost.exe", r"C:\Windows\System32", "/Processid:{973D20D7-562D-44B9-B70B-5A0F49CCDF3F}"),
    ("OneDrive.exe", r"C:\Program Files\Microsoft OneDrive", "/background"),
    ("msiexec.exe", r"C:\Windows\System32", "/V"),
    ("certutil.exe", r"C:\Windows\System32", "-store My"),
    ("curl.exe", r"C:\Windows\System32", "https://intranet.larkspur.example/health"),
    ("larkspur-updater.exe", r"C:\Users\Public\Larkspur", "--check --quiet"),
];

/// The number of the updater, which lives in a folder that users may write to.
pub(crate) const UPDATER: usize = 21;

fn person(rng: &mut Rng, number: usize) -> Person {
    let first = FIRST[number % FIRST.len()];
    let last = LAST[(number * 7 + number / FIRST.len()) % LAST.len()];
    let account =
        format!("{}.{}{}", first.to_lowercase(), last.to_lowercase().replace(' ', ""), number);
    Person {
        number,
        display: format!("{first} {last}"),
        upn: format!("{account}@{DOMAIN}"),
        account,
        id: guid(rng),
        sid: format!("S-1-5-21-1004336348-1177238915-682003330-{}", 1100 + number),
        home: &OFFICES[number % OFFICES.len()],
        address: format!("198.51.100.{}", 1 + number),
        device: number,
    }
}

fn device(rng: &mut Rng, name: String, address: String) -> Device {
    Device { name: format!("{name}.{DOMAIN}"), id: hex(rng, 40), address }
}

fn principal(rng: &mut Rng, number: usize) -> Principal {
    const KINDS: [&str; 6] =
        ["sp-deploy", "sp-backup", "app-crm", "svc-etl", "terraform", "connector"];
    Principal {
        name: format!("{}-{number:02}", KINDS[number % KINDS.len()]),
        id: guid(rng),
        app_id: guid(rng),
        home: &OFFICES[number % OFFICES.len()],
        address: format!("192.0.2.{}", 100 + number),
    }
}

/// An address of somebody outside, in the range that documentation may use.
pub(crate) fn attacker(number: usize) -> String {
    format!("203.0.113.{}", 10 + number % 240)
}

pub(crate) fn guid(rng: &mut Rng) -> String {
    let digits = hex(rng, 32);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

pub(crate) fn hex(rng: &mut Rng, length: usize) -> String {
    (0..length).map(|_| char::from_digit(rng.u32(..16), 16).unwrap_or('0')).collect()
}
