//! Small questions about addresses that every board asks.

use serde_json::Value;
use url::Url;

/// Why an answer that should be JSON is not followed further.
pub(super) const NO_JSON: &str = "the answer is no JSON, or too deeply nested to look for more";

/// The parts of a path; a `/` at its end adds none.
pub(super) fn parts(url: &Url) -> Vec<&str> {
    url.path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether a host is `name` or below it.
pub(super) fn is_at(url: &Url, name: &str) -> bool {
    url.domain().is_some_and(|host| {
        host == name
            || host
                .strip_suffix(name)
                .is_some_and(|rest| rest.ends_with('.'))
    })
}

/// The value of a parameter, the first where there are several.
pub(super) fn param(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The address with other parameters in place of its own.
pub(super) fn with_params(url: &Url, params: &[(&str, &str)]) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    if !params.is_empty() {
        url.query_pairs_mut().extend_pairs(params);
    }
    url
}

/// The address with one parameter set, the others left as they are.
pub(super) fn set_param(url: &Url, name: &str, value: &str) -> Url {
    let others = url.query_pairs().filter(|(key, _)| key != name);
    let mut params: Vec<(String, String)> = others
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    params.push((name.to_owned(), value.to_owned()));
    let params: Vec<(&str, &str)> = params
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    with_params(url, &params)
}

/// The same address with `page` one higher (1 where it has none).
pub(super) fn next_page(url: &Url, first: u64) -> Url {
    let page = param(url, "page").and_then(|page| page.parse().ok());
    let next: u64 = page.unwrap_or(first).saturating_add(1);
    set_param(url, "page", &next.to_string())
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An id, which may be a number or a text.
pub(super) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// All objects within a value, in the order of the text.
pub(super) fn objects(value: &Value) -> Vec<&serde_json::Map<String, Value>> {
    let mut open = vec![value];
    let mut found = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                found.push(object);
                open.extend(object.values().rev());
            }
            Value::Array(values) => open.extend(values.iter().rev()),
            _ => {}
        }
    }
    found
}
