"""The judge of the OFX tests: `accept` parses documents with ofxtools, `tell` prints the transactions of one, `build`
writes an answer from its models.

Runs as a process of its own; see `ofx_judges.rs`.
"""

import sys
import warnings
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

from ofxtools import models
from ofxtools.header import make_header
from ofxtools.Parser import OFXTree
from ofxtools.utils import UTC, tostring_unclosed_elements


def day(month, of_month):
    return datetime(2026, month, of_month, 12, tzinfo=UTC)


STATUS = models.STATUS(code=0, severity="INFO")
SECURITY = models.SECID(uniqueid="900000028", uniqueidtype="CUSIP")


def accept():
    """Parses each document of standard input, each preceded by a line with its length."""
    count = 0
    while line := sys.stdin.buffer.readline():
        document = sys.stdin.buffer.read(int(line))
        tree = OFXTree()
        try:
            tree.parse(BytesIO(document))
            tree.convert()
        except Exception as error:
            sys.exit(f"{error!r} in {document.decode(errors='replace')}")
        count += 1
    print("accepted", count)


def tell():
    """Prints id, day and amount of each transaction of the document in standard input, and takes each warning for an error."""
    warnings.simplefilter("error")
    tree = OFXTree()
    tree.parse(BytesIO(sys.stdin.buffer.read()))
    for statement in tree.convert().statements:
        for entry in statement.transactions:
            booked = getattr(entry, "stmttrn", entry)
            print(booked.fitid, booked.dtposted.date(), booked.trnamt)


def transaction(kind, on, amount, fitid, name):
    return models.STMTTRN(trntype=kind, dtposted=on, trnamt=Decimal(amount), fitid=fitid, name=name)


def bank_statement():
    transactions = models.BANKTRANLIST(
        transaction("POS", day(2, 3), "-24.50", "A1", "CAFÉ & BAR 1 < 2"),
        transaction("DIRECTDEP", day(2, 25), "1900.00", "A2", "PAYROLL"),
        dtstart=day(2, 1),
        dtend=day(2, 28),
    )
    statement = models.STMTRS(
        curdef="USD",
        bankacctfrom=models.BANKACCTFROM(bankid="111000025", acctid="111222", accttype="SAVINGS"),
        banktranlist=transactions,
        ledgerbal=models.LEDGERBAL(balamt=Decimal("1250.75"), dtasof=day(2, 28)),
    )
    return models.BANKMSGSRSV1(models.STMTTRNRS(trnuid="1", status=STATUS, stmtrs=statement))


def card_statement():
    transactions = models.BANKTRANLIST(
        transaction("DEBIT", day(2, 10), "-310.20", "C1", "BOOKS"), dtstart=day(2, 1), dtend=day(2, 28)
    )
    statement = models.CCSTMTRS(
        curdef="USD",
        ccacctfrom=models.CCACCTFROM(acctid="4000111122223333"),
        banktranlist=transactions,
        ledgerbal=models.LEDGERBAL(balamt=Decimal("-310.20"), dtasof=day(2, 28)),
    )
    return models.CREDITCARDMSGSRSV1(models.CCSTMTTRNRS(trnuid="2", status=STATUS, ccstmtrs=statement))


def investment_statement():
    buy = models.INVBUY(
        invtran=models.INVTRAN(fitid="I1", dttrade=day(2, 11)),
        secid=SECURITY,
        units=Decimal("10"),
        unitprice=Decimal("25.50"),
        total=Decimal("-255.00"),
        subacctsec="CASH",
        subacctfund="CASH",
    )
    transactions = models.INVTRANLIST(
        models.BUYMF(invbuy=buy, buytype="BUY"), dtstart=day(2, 1), dtend=day(2, 28)
    )
    position = models.INVPOS(
        secid=SECURITY,
        heldinacct="CASH",
        postype="LONG",
        units=Decimal("10"),
        unitprice=Decimal("26.54"),
        mktval=Decimal("265.40"),
        dtpriceasof=day(2, 28),
    )
    balances = models.INVBAL(
        availcash=Decimal("500"), marginbalance=Decimal("0"), shortbalance=Decimal("0")
    )
    statement = models.INVSTMTRS(
        dtasof=day(2, 28),
        curdef="USD",
        invacctfrom=models.INVACCTFROM(brokerid="judge.example", acctid="I-9"),
        invtranlist=transactions,
        invposlist=models.INVPOSLIST(models.POSMF(invpos=position)),
        invbal=balances,
    )
    return models.INVSTMTMSGSRSV1(models.INVSTMTTRNRS(trnuid="3", status=STATUS, invstmtrs=statement))


def build(version, form):
    """Writes an answer with a bank, a card and an investment statement."""
    sign_on = models.SONRS(
        status=STATUS, dtserver=day(3, 1), language="ENG", fi=models.FI(org="Judge & Sons", fid="7")
    )
    fund = models.SECINFO(secid=SECURITY, secname="Judge Fund", ticker="JDG")
    answer = models.OFX(
        signonmsgsrsv1=models.SIGNONMSGSRSV1(sonrs=sign_on),
        bankmsgsrsv1=bank_statement(),
        creditcardmsgsrsv1=card_statement(),
        invstmtmsgsrsv1=investment_statement(),
        seclistmsgsrsv1=models.SECLISTMSGSRSV1(models.SECLIST(models.MFINFO(secinfo=fund))),
    )
    element = answer.to_etree()
    if form == "unclosed" and version < 200:
        body = tostring_unclosed_elements(element)
    else:
        body = ElementTree.tostring(element, encoding="utf-8", xml_declaration=False)
    header = str(make_header(version=version, newfileuid="judge"))
    sys.stdout.buffer.write(header.encode() + body)


if __name__ == "__main__":
    if sys.argv[1] == "accept":
        accept()
    elif sys.argv[1] == "tell":
        tell()
    else:
        build(int(sys.argv[2]), sys.argv[3])
