//! A file of stored cookies: the store's own JSON, that of the crate `cookie_store`, or Netscape's `cookies.txt`.

use hardtack::CookieDate;
use hardtack::agent::{BundledList, CookieStoreEntry, Profile, Store, StoredCookie, cookies_txt};
use thiserror::Error;

/// What the files are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileForm {
    /// The document of [`Store`].
    Json,
    /// What `cookie_store` saved: a list, or one entry a line.
    CookieStore,
    /// What curl and wget write.
    CookiesTxt,
}

impl FileForm {
    /// Returns the form in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON of hardtack",
            Self::CookieStore => "JSON of cookie_store",
            Self::CookiesTxt => "cookies.txt",
        }
    }
}

/// What is in a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct StoredFile {
    /// Its form.
    pub form: FileForm,
    /// The profile it was written by, if it says.
    pub profile: Option<Profile>,
    /// Its cookies, in its order.
    pub cookies: Vec<StoredCookie>,
    /// What could not be read, with the line or the place in the list.
    pub faults: Vec<String>,
}

/// Why a file was not read at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// JSON of another kind, or broken.
    #[error("the JSON is no store: {0}; save it anew, or give a cookies.txt")]
    Json(String),
    /// Neither JSON nor a line that could be read.
    #[error("the file is neither JSON nor cookies.txt; a cookie of cookies.txt is seven fields with tabs between them")]
    Unknown,
}

/// Reads a file; the cookies of forms that do not tell when they were set are as old as `now`.
///
/// # Errors
///
/// - JSON that is no store, or that is broken
/// - text of which no line is a cookie
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack_cli::stored::{FileForm, read};
///
/// let file = read(b"shop.example\tFALSE\t/\tTRUE\t0\tsid\t31d4\n", CookieDate::UNIX_EPOCH)?;
/// assert_eq!((file.form, file.cookies.len()), (FileForm::CookiesTxt, 1));
/// # Ok::<(), hardtack_cli::stored::FileError>(())
/// ```
pub fn read(file: &[u8], now: CookieDate) -> Result<StoredFile, FileError> {
    let text = file.trim_ascii_start();
    if text.starts_with(b"[") {
        let entries: Vec<CookieStoreEntry> = serde_json::from_slice(text).map_err(|error| broken(&error))?;
        Ok(entries_file(entries.into_iter().map(Ok), now))
    } else if text.starts_with(b"{") {
        // The document of a store is one object; cookie_store wrote an object a line.
        match serde_json::from_slice::<Store<BundledList>>(text) {
            Ok(store) => Ok(StoredFile {
                form: FileForm::Json,
                profile: Some(store.profile()),
                cookies: store.iter().cloned().collect(),
                faults: Vec::new(),
            }),
            Err(error) => {
                let entries: Vec<_> =
                    serde_json::Deserializer::from_slice(text).into_iter::<CookieStoreEntry>().collect();
                if entries.first().is_some_and(Result::is_ok) {
                    let entries = entries.into_iter().map(|entry| entry.map_err(|error| broken(&error).to_string()));
                    Ok(entries_file(entries, now))
                } else {
                    Err(broken(&error))
                }
            }
        }
    } else {
        let mut read =
            StoredFile { form: FileForm::CookiesTxt, profile: None, cookies: Vec::new(), faults: Vec::new() };
        for line in cookies_txt::read(file, now) {
            match line {
                Ok(cookie) => read.cookies.push(cookie),
                Err(error) => read.faults.push(error.to_string()),
            }
        }
        if read.cookies.is_empty() && !read.faults.is_empty() { Err(FileError::Unknown) } else { Ok(read) }
    }
}

fn entries_file(entries: impl Iterator<Item = Result<CookieStoreEntry, String>>, now: CookieDate) -> StoredFile {
    let mut read = StoredFile { form: FileForm::CookieStore, profile: None, cookies: Vec::new(), faults: Vec::new() };
    for (index, entry) in entries.enumerate() {
        match entry.and_then(|entry| entry.into_cookie(now).map_err(|error| error.to_string())) {
            Ok(cookie) => read.cookies.push(cookie),
            Err(error) => read.faults.push(format!("entry {}: {error}", index + 1)),
        }
    }
    read
}

/// What `serde_json` says may hold what it found, and so a cookie: only what is missing or unknown is told.
fn broken(error: &serde_json::Error) -> FileError {
    let place = format!("line {}, column {}", error.line(), error.column());
    let what = error.to_string();
    let told = ["the store is of version", "the store's profile", "third_parties is none", "the cookie"];
    let told = told.iter().any(|start| what.starts_with(start));
    FileError::Json(if told { what } else { format!("it is not as it should be at {place}") })
}

#[cfg(test)]
mod tests {
    use hardtack::CookieDate;

    use super::{FileError, FileForm, read};

    const ENTRY: &str = r#"{"raw_cookie":"sid=31d4; Secure","path":["/",true],"domain":{"HostOnly":"shop.example"},"expires":"SessionEnd"}"#;

    #[test]
    fn forms() {
        let store = r#"{"version":1,"profile":"firefox","third_parties":"partition","cookies":[]}"#;
        let rows: [(&str, String, FileForm, usize, usize); 6] = [
            ("a store", store.into(), FileForm::Json, 0, 0),
            ("a list of cookie_store", format!("[{ENTRY}]"), FileForm::CookieStore, 1, 0),
            ("an entry a line", format!("{ENTRY}\n{ENTRY}\n"), FileForm::CookieStore, 2, 0),
            ("an entry that is broken", format!("{ENTRY}\n{{}}\n"), FileForm::CookieStore, 1, 1),
            ("a cookies.txt", "# x\n\nb.test\tTRUE\t/\tFALSE\t0\ta\t1\nodd\n".into(), FileForm::CookiesTxt, 1, 1),
            ("nothing at all", String::new(), FileForm::CookiesTxt, 0, 0),
        ];
        for (why, file, form, cookies, faults) in rows {
            let read = read(file.as_bytes(), CookieDate::UNIX_EPOCH);
            let read = read.map(|read| (read.form, read.cookies.len(), read.faults.len()));
            assert_eq!(read, Ok((form, cookies, faults)), "{why}");
        }
    }

    #[test]
    fn what_is_no_file() {
        for file in ["hello", "{\"S3CRET\":1}", "[\"S3CRET\"]", "{"] {
            let error = read(file.as_bytes(), CookieDate::UNIX_EPOCH).err().map(|error| error.to_string());
            assert!(error.as_ref().is_some_and(|error| !error.contains("S3CRET")), "{file}: {error:?}");
        }
        let newer = br#"{"version":99,"profile":"firefox","third_parties":"partition","cookies":[]}"#;
        let error = read(newer, CookieDate::UNIX_EPOCH).err();
        assert!(matches!(&error, Some(FileError::Json(what)) if what.contains("update hardtack")), "{error:?}");
    }
}
