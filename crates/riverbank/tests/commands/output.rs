use std::io;
use std::process::{Command, Output, Stdio};

use riverbank_testkit::server::binary;

/// What a reader that is gone before anything is written leaves behind.
fn nobody() -> Stdio {
    let (_, writer) = io::pipe().unwrap();
    writer.into()
}

fn run(arguments: &[&str], stdout: Stdio, stderr: Stdio) -> Output {
    let child = Command::new(binary().unwrap())
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(stderr)
        .spawn();
    child.unwrap().wait_with_output().unwrap()
}

#[test]
fn a_reader_that_has_gone_ends_a_command_without_a_word() {
    for arguments in [&["openapi"][..], &["keys", "generate"], &["--help"]] {
        let output = run(arguments, nobody(), Stdio::piped());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 141)), "{arguments:?}: {code:?}");
    }
}

#[test]
fn a_failure_that_nobody_reads_is_told_by_the_exit_code() {
    let output = run(&["ofx", "read", "nofile"], Stdio::piped(), nobody());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_file_that_is_not_there_is_named_in_the_first_line() {
    for arguments in [&["ofx", "read", "nofile"][..], &["institutions", "load", "nofile"]] {
        let output = run(arguments, Stdio::piped(), Stdio::piped());
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.starts_with("riverbank: nofile: No such file"), "{arguments:?}: {text}");
    }
}
