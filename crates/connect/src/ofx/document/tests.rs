use super::*;

/// The tree in short: `NAME=value` and `NAME(...)`.
fn shape(text: &str) -> String {
    fn write(node: Node<'_>, out: &mut String) {
        out.push_str(&node.name());
        if let Some(text) = node.text() {
            out.push('=');
            out.push_str(&text);
        }
        let inner: Vec<String> = node
            .children()
            .map(|child| {
                let mut inner = String::new();
                write(child, &mut inner);
                inner
            })
            .collect();
        if !inner.is_empty() {
            out.push('(');
            out.push_str(&inner.join(" "));
            out.push(')');
        }
    }
    let document = Document::parse(text.as_bytes()).unwrap();
    let mut out = String::new();
    write(document.root(), &mut out);
    out
}

#[test]
fn sgml_and_xml_give_the_same_tree() {
    let expected = "OFX(STATUS(CODE=0 SEVERITY=INFO) NAME=A)";
    assert_eq!(shape("<OFX><STATUS><CODE>0<SEVERITY>INFO</STATUS><NAME>A</OFX>"), expected);
    assert_eq!(
        shape("<OFX>\n <STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS> <NAME>A</NAME>\n</OFX>"),
        expected
    );
}

#[test]
fn an_empty_value_holds_nothing_whether_closed_or_not() {
    let expected = "OFX(STMTTRN(CHECKNUM NAME MEMO=m REFNUM) TRNUID=1)";
    assert_eq!(
        shape("<OFX><STMTTRN><CHECKNUM>\n<NAME>\n<MEMO>m\n<REFNUM>\n</STMTTRN><TRNUID>1</OFX>"),
        expected
    );
    assert_eq!(
        shape("<OFX><STMTTRN><CHECKNUM></CHECKNUM><NAME/><MEMO>m</MEMO><REFNUM /></STMTTRN><TRNUID>1</OFX>"),
        expected
    );
}

#[test]
fn aggregates_left_open_end_where_the_next_one_starts() {
    assert_eq!(
        shape(
            "<OFX><STMTRS><BANKTRANLIST><STMTTRN><FITID>1<STMTTRN><FITID>2<LEDGERBAL><BALAMT>3<AVAILBAL><BALAMT>4</STMTRS></OFX>"
        ),
        "OFX(STMTRS(BANKTRANLIST(STMTTRN(FITID=1) STMTTRN(FITID=2)) LEDGERBAL(BALAMT=3) AVAILBAL(BALAMT=4)))"
    );
}

#[test]
fn names_of_investment_transactions_are_plain_values_elsewhere() {
    assert_eq!(
        shape(
            "<OFX><STMTRS><STMTTRN><SPLIT>No<TRANSFER>N</TRANSFER><INCOME>\n<TRNAMT>1</STMTTRN></STMTRS></OFX>"
        ),
        "OFX(STMTRS(STMTTRN(SPLIT=No TRANSFER=N INCOME TRNAMT=1)))"
    );
    assert_eq!(
        shape(
            "<OFX><INVSTMTRS><INVTRANLIST><SPLIT><INVTRAN><FITID>1<TRANSFER><INVTRAN><FITID>2</INVSTMTRS></OFX>"
        ),
        "OFX(INVSTMTRS(INVTRANLIST(SPLIT(INVTRAN(FITID=1)) TRANSFER(INVTRAN(FITID=2)))))"
    );
}

#[test]
fn unknown_aggregates_keep_what_they_hold() {
    assert_eq!(
        shape("<OFX><BANK.EXTRA><BANK.ITEM>1<X><Y>2</X></BANK.EXTRA><TRNUID>1</OFX>"),
        "OFX(BANK.EXTRA(BANK.ITEM=1 X(Y=2)) TRNUID=1)"
    );
}

#[test]
fn names_are_the_same_in_any_case_and_stray_closing_tags_do_no_harm() {
    assert_eq!(shape("<ofx></STMTRS><Status></Foo><code>0</CODE></status></Ofx>"), "OFX(STATUS(CODE=0))");
}

#[test]
fn text_without_an_element_is_reported_with_its_place() {
    let document = Document::parse(b"<OFX>\n<STMTTRN>\nhello<FITID>1</FITID> bye</STMTTRN></OFX>").unwrap();
    assert_eq!(
        document.warnings(),
        [
            (16, "text that belongs to no element".to_owned()),
            (38, "text that belongs to no element".to_owned()),
        ]
    );
    assert_eq!(document.places([16, 38].into_iter()), [(3, 16), (3, 38)]);
}

#[test]
fn places_in_utf_16_are_those_of_the_file() {
    let text = "é<OFX>\n<STMTTRN>\nhello</STMTTRN></OFX>";
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let document = Document::parse(&bytes).unwrap();
    let offset = document.warnings()[0].0;
    let (line, byte) = document.places([offset].into_iter())[0];
    assert_eq!(line, 3);
    assert_eq!(&bytes[byte..byte + 2], b"h\0");
}

#[test]
fn a_place_in_utf_16_that_ends_with_half_a_unit_is_within_the_file() {
    let bytes = b"<\0O\0F\0X\0>\0<";
    let document = Document::parse(bytes).unwrap();
    let (end, _) = document.warnings().last().unwrap();
    assert_eq!(document.places([*end].into_iter()), [(1, bytes.len())]);
}

#[test]
fn what_is_cut_off_is_not_whole() {
    let document = Document::parse(b"<OFX><SONRS><STATUS><CODE>0").unwrap();
    assert!(!document.is_whole());
    assert_eq!(document.root().find("STATUS").unwrap().value("CODE").as_deref(), Some("0"));
    assert!(Document::parse(b"<OFX></OFX> trailing <X>").unwrap().is_whole());
}

#[test]
fn what_is_no_ofx_or_too_large_is_refused() {
    assert_eq!(Document::parse(b"").unwrap_err(), Unreadable::NotOfx);
    assert_eq!(Document::parse(b"Date,Amount\n").unwrap_err(), Unreadable::NotOfx);
    let large = vec![b' '; SIZE_LIMIT + 1];
    assert_eq!(Document::parse(&large).unwrap_err(), Unreadable::TooLarge);
    let many = ["<OFX>", &"<A>".repeat(NODE_LIMIT + 1)].concat();
    assert_eq!(Document::parse(many.as_bytes()).unwrap_err(), Unreadable::TooManyElements);
}

#[test]
fn hostile_nesting_is_read_in_linear_time() {
    for pattern in ["<A>", "<STATUS>", "</A>", "<A></B>", "<![CDATA[", "<!--", "<?", "<A ", "&", "<STMTTRN>"]
    {
        let text = ["<OFX>", &pattern.repeat(50_000)].concat();
        let document = Document::parse(text.as_bytes()).unwrap();
        let _ = document.root().descendants().filter_map(Node::text).count();
    }
}
