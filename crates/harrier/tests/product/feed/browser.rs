//! The site in a real browser: search, filters, theme, hostile text, what makes it readable for all.

use std::path::Path;
use std::sync::Arc;

use headless_chrome::browser::default_executable;
use headless_chrome::{Browser, LaunchOptions, Tab};

use super::{HOSTILE, built, bundled, options};

/// A browser; none where none is installed.
fn browser() -> Option<Browser> {
    let path = match default_executable() {
        Ok(path) => path,
        Err(_) => {
            println!("skipped: no browser is installed");
            return None;
        }
    };
    let launch = LaunchOptions::default_builder()
        .sandbox(false)
        .path(Some(path))
        .window_size(Some((1200, 900)))
        .build();
    Some(Browser::new(launch.unwrap()).unwrap())
}

fn open(browser: &Browser, path: &Path) -> Arc<Tab> {
    let tab = browser.new_tab().unwrap();
    tab.navigate_to(&format!("file://{}", path.display())).unwrap().wait_until_navigated().unwrap();
    tab
}

/// What an expression of the page gives, as text.
fn asked(tab: &Tab, expression: &str) -> String {
    let value = tab.evaluate(&format!("String({expression})"), false).unwrap().value;
    value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Types into the search, letter by letter as a person does.
fn search(tab: &Tab, text: &str) {
    let script = format!(
        "(() => {{ const box = document.getElementById('words'); box.value = ''; for (const letter of {text:?}) {{ box.value += letter; box.dispatchEvent(new Event('input', {{ bubbles: true }})); }} return '' }})()"
    );
    asked(tab, &script);
}

#[test]
fn people_find_what_they_look_for() {
    let Some(browser) = browser() else { return };
    let folder = bundled();
    std::fs::write(folder.path().join("hostile.yaml"), HOSTILE).unwrap();
    let site = folder.path().join("site");
    let report = built(folder.path(), &site, &options());
    let tab = open(&browser, &site.join("index.html"));
    let count = |tab: &Tab| asked(tab, "document.getElementById('count').textContent");
    assert_eq!(count(&tab), format!("{} rules", report.rules));
    search(&tab, "kerberoasting");
    assert_eq!(count(&tab), "1 rule");
    assert_eq!(asked(&tab, "document.querySelectorAll('#rules li').length"), "1");
    search(&tab, "T1098.001");
    assert!(
        asked(&tab, "document.querySelector('#rules li a').textContent")
            .contains("Credential added")
    );
    search(&tab, "");
    asked(
        &tab,
        "(() => { const s = document.getElementById('f-table'); s.value = 'SigninLogs'; s.dispatchEvent(new Event('input', { bubbles: true })); })()",
    );
    let narrowed = count(&tab);
    assert_ne!(narrowed, format!("{} rules", report.rules));
    assert!(asked(&tab, "location.hash").contains("table=SigninLogs"));
    // The address leads back to what was looked at.
    let again = open(&browser, &site.join("index.html#table=SigninLogs"));
    assert_eq!(count(&again), narrowed);
    asked(&tab, "document.getElementById('theme').click()");
    assert_eq!(asked(&tab, "document.documentElement.dataset.theme"), "dark");
    // Nothing of a rule runs, and nothing is asked of the network.
    search(&tab, "alert");
    assert_eq!(
        asked(&tab, "document.querySelectorAll('#rules img, #rules script, #rules svg').length"),
        "0"
    );
    let hostile = std::fs::read_dir(site.join("rules"))
        .unwrap()
        .flatten()
        .find(|entry| std::fs::read_to_string(entry.path()).unwrap().contains("alert(7)"));
    let page = open(&browser, &hostile.unwrap().path());
    assert_eq!(
        asked(
            &page,
            "document.querySelectorAll('main script, main img, main svg, [onmouseover], [onload]').length"
        ),
        "0"
    );
    let loaded = asked(
        &page,
        "performance.getEntriesByType('resource').map(one => one.name).filter(name => !name.startsWith('file:')).length",
    );
    assert_eq!(loaded, "0");
}

#[test]
fn coverage_opens_to_its_rules() {
    let Some(browser) = browser() else { return };
    let folder = bundled();
    let site = folder.path().join("site");
    built(folder.path(), &site, &options());
    let tab = open(&browser, &site.join("coverage.html"));
    asked(&tab, "document.querySelector('details.cell summary').click()");
    assert_eq!(asked(&tab, "document.querySelector('details.cell').open"), "true");
    let link = asked(&tab, "document.querySelector('details.cell a').getAttribute('href')");
    assert!(site.join(link).is_file());
}

#[test]
fn pages_are_readable_for_all() {
    let Some(browser) = browser() else { return };
    let folder = bundled();
    let site = folder.path().join("site");
    built(folder.path(), &site, &options());
    let rule = std::fs::read_dir(site.join("rules")).unwrap().flatten().next().unwrap().path();
    for path in
        [site.join("index.html"), rule, site.join("coverage.html"), site.join("changes.html")]
    {
        for theme in ["light", "dark"] {
            let tab = open(&browser, &path);
            asked(&tab, &format!("document.documentElement.dataset.theme = '{theme}'"));
            let faults = asked(&tab, CHECKS);
            assert_eq!(faults, "", "{} {theme}", path.display());
        }
        // On a phone nothing is wider than the screen.
        let tab = open(&browser, &path);
        asked(&tab, "document.body.style.width = '360px'");
        let wide = asked(
            &tab,
            "[...document.querySelectorAll('main *')].filter(e => !e.closest('.wide, pre, .matrix') && e.getBoundingClientRect().width > 362).map(e => e.tagName).join()",
        );
        assert_eq!(wide, "", "{}", path.display());
    }
}

/// What an accessibility checker asks first: language, title, one `h1`, headings in order, names of controls and links,
/// unique ids, contrast of text.
const CHECKS: &str = r#"(() => {
  const faults = [];
  const all = selector => [...document.querySelectorAll(selector)];
  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title) faults.push("no title");
  if (all("h1").length !== 1) faults.push("not one h1");
  if (all("main").length !== 1) faults.push("not one main");
  let level = 0;
  for (const heading of all("h1,h2,h3,h4")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) faults.push("heading skips: " + heading.textContent);
    level = own;
  }
  for (const control of all("input,select,textarea")) if (!control.labels.length && !control.ariaLabel) faults.push("no label: " + control.id);
  for (const link of all("a,button,summary")) if (!(link.ariaLabel || link.textContent).trim()) faults.push("no name: " + link.outerHTML);
  const ids = all("[id]").map(element => element.id);
  if (new Set(ids).size !== ids.length) faults.push("ids are used twice");
  for (const cell of all("th")) if (!cell.textContent.trim()) faults.push("empty th");
  const parts = colour => { const found = colour.match(/[\d.]+/g).map(Number); return found.length < 4 ? [...found, 1] : found; };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = element => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const colour = parts(style.backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255, 1];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility() || element.closest(".skip,script,noscript,option")) continue;
    const back = paper(element);
    if (!back) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(parts(style.color)), light(back)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700 ? 3 : 4.5;
    const fault = element.className + " " + style.color + " on " + back.join();
    if (ratio < needed && style.textShadow === "none" && !seen.has(fault)) { seen.add(fault); faults.push("contrast " + ratio.toFixed(2) + ": " + fault); }
  }
  return faults.slice(0, 10).join("; ");
})()"#;
