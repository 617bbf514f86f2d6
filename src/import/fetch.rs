//! Fetching the two published files of a chapter. Fetching only: what the bytes mean is read elsewhere.

use super::od500::Chapter;
use super::problem::SourceError;
use std::time::Duration;

/// Where the study publishes its files; a chapter's folder is below it.
pub const DEFAULT_BASE_URL: &str = "https://raw.githubusercontent.com/GovLab/OpenData500/master/static/files/";

/// The largest file that is taken.
const SIZE_LIMIT: usize = 20 * 1024 * 1024;

/// How many redirects are followed.
const REDIRECTS: usize = 3;

/// The two files as fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// `<cc>_companies.csv`.
    pub companies: Vec<u8>,
    /// `<cc>_agencies.csv`.
    pub agencies: Vec<u8>,
}

/// Fetches both files of a chapter below this address.
pub async fn fetch_chapter(chapter: Chapter, base_url: &str) -> Result<Fetched, SourceError> {
    let client = client()?;
    let companies = fetch(&client, base_url, chapter, &chapter.companies_file()).await?;
    let agencies = fetch(&client, base_url, chapter, &chapter.agencies_file()).await?;
    Ok(Fetched { companies, agencies })
}

fn client() -> Result<reqwest::Client, SourceError> {
    // Another part of the program may have chosen the provider already; then that one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .user_agent(crate::USER_AGENT)
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(20))
        .timeout(Duration::from_mins(2))
        .redirect(reqwest::redirect::Policy::limited(REDIRECTS))
        .build()
        .map_err(|e| SourceError::new("the network", format!("no connection can be prepared: {}", cause(&e))))
}

async fn fetch(client: &reqwest::Client, base: &str, chapter: Chapter, file: &str) -> Result<Vec<u8>, SourceError> {
    let address = format!("{}/{}/{file}", base.trim_end_matches('/'), chapter.code());
    let fail = |what: String| SourceError::new(file, what);
    let unreachable = |e: &reqwest::Error| {
        fail(format!(
            "cannot be fetched from {address}: {}; check the network, or give the folder with --from",
            cause(e)
        ))
    };
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return Err(fail(format!("{address} is no http address; give another base address")));
    }
    let mut response = client.get(&address).send().await.map_err(|e| unreachable(&e))?;
    let status = response.status();
    if !status.is_success() {
        return Err(fail(format!(
            "{address} answers {status}; check the base address, or give the folder with --from"
        )));
    }
    let too_large = || fail(format!("{address} is larger than {} MB; that is no file of the study", SIZE_LIMIT >> 20));
    if response.content_length().is_some_and(|length| length > SIZE_LIMIT as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| unreachable(&e))? {
        if bytes.len() + chunk.len() > SIZE_LIMIT {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The innermost reason of an error: the outer ones repeat the address.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    if error.is_redirect() {
        return format!("it redirects more than {REDIRECTS} times");
    }
    let mut inner: &dyn std::error::Error = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// A server on this machine that answers each path with the given bytes.
    fn serve(answer: fn(&str) -> Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/files/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut request = [0_u8; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = text.split(' ').nth(1).unwrap_or_default();
                let _ = stream.write_all(&answer(path));
            }
        });
        address
    }

    fn ok(body: &str) -> Vec<u8> {
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
    }

    fn run(base: &str) -> Result<Fetched, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(fetch_chapter(Chapter::Mx, base)).map_err(|e| e.to_string())
    }

    #[test]
    fn both_files_come_through_a_redirect() {
        let base = serve(|path| match path {
            "/files/mx/mx_companies.csv" => {
                b"HTTP/1.1 302 Found\r\nlocation: /moved\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec()
            }
            "/moved" => ok("companies"),
            "/files/mx/mx_agencies.csv" => ok("agencies"),
            _ => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        });
        let fetched = run(&base).unwrap();
        assert_eq!((&fetched.companies[..], &fetched.agencies[..]), (&b"companies"[..], &b"agencies"[..]));
    }

    #[test]
    fn what_fails_says_so_in_a_sentence() {
        let missing = serve(|_| b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec());
        let looping = serve(|_| {
            b"HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec()
        });
        let large = serve(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 30000000\r\nconnection: close\r\n\r\n".to_vec());
        let endless = serve(|_| {
            let mut bytes = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
            bytes.resize(SIZE_LIMIT + 4096, b'x');
            bytes
        });
        let cut = serve(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\nshort".to_vec());
        for (base, part) in [
            (missing.as_str(), "404"),
            (&looping, "redirects more than 3 times"),
            (&large, "larger than 20 MB"),
            (&endless, "larger than 20 MB"),
            (&cut, "cannot be fetched"),
            ("http://127.0.0.1:1/", "cannot be fetched"),
            ("file:///etc/", "no http address"),
        ] {
            let error = run(base).unwrap_err();
            assert!(error.starts_with("mx_companies.csv: ") && error.contains(part), "{error}");
        }
    }
}
