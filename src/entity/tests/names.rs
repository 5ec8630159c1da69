//! Which words are names.

use super::check;

#[test]
fn everyday_words_need_a_sign() {
    check(
        "The windows were open, and Edge cases are hard. Target practice is at the Hive.",
        &[],
    );
    check(
        "I opened Word, Excel and Outlook.",
        &[
            "product product:word",
            "product product:excel",
            "product product:outlook",
        ],
    );
    check("Word is that they left. Word has it.", &[]);
    check("A word in a Word document.", &["product product:word"]);
    check(
        "We moved from Signal to a pigeon.",
        &["product product:signal"],
    );
    check(
        "SIGNAL was lost. Signal was lost. The Signal Corps came.",
        &[],
    );
    check("I use the Signal app daily.", &["product product:signal"]);
    check("Python 3.8 is old.", &["product product:python"]);
    check("Let us go to Go. Rust never sleeps.", &[]);
    check("The Go compiler is fast.", &["product product:golang"]);
    check(
        "The Conti ransomware gang came. Conti, a family, did not.",
        &["malware malware:conti"],
    );
    check(
        "Oracle of Delphi. Ask the Oracle about the database.",
        &["vendor vendor:oracle"],
    );
    check(
        "Amazon is a river. On Amazon it costs less.",
        &["vendor vendor:amazon"],
    );
}

#[test]
fn aliases_have_one_id() {
    for name in ["APT28", "Fancy Bear", "fancy bear", "Sofacy", "STRONTIUM"] {
        check(
            &format!("It was {name}."),
            &["threat_actor threat_actor:apt28"],
        );
    }
    check("A bear is fancy. Strontium is a metal.", &[]);
    check(
        "TLSv1.3 and TLS 1.3, but TLS.",
        &[
            "protocol protocol:tls-1.3",
            "protocol protocol:tls-1.3",
            "protocol protocol:tls",
        ],
    );
}

#[test]
fn parts_of_words_paths_and_addresses_are_no_names() {
    check(
        "vector, OpenSSLx, my_openssl, python-requests, ./openssl/apps and #docker",
        &[],
    );
    check("Go to c:/Users/ada/GitHub/x or /usr/share/Docker/y.", &[]);
    check("Read github.com/a/b.", &["domain github.com"]);
    check("```javascript\nprint()\n```", &[]);
}

#[test]
fn the_longest_name_wins() {
    check(
        "Windows 10 on Microsoft Azure.",
        &["product product:windows-10", "product product:azure"],
    );
    check(
        "Cobalt Strike is no Cobalt\nGroup.",
        &[
            "malware malware:cobalt-strike",
            "threat_actor threat_actor:cobalt-group",
        ],
    );
}
