from guvoh.clean.formats import FORMATS, clean


def test_an_unknown_format_is_named_and_gives_no_report() -> None:
    reports, findings = clean(
        "d", "a.xyz", "application/x-unknown", b"\x00", "2024-06-01T00:00:00Z"
    )
    assert reports == ()
    (finding,) = findings
    assert (finding.kind, finding.file, finding.problem) == ("not-read", "a.xyz", True)
    assert "application/x-unknown" in finding.text


def test_each_media_type_is_listed_once() -> None:
    types = [format_.media_type for format_ in FORMATS]
    assert len(types) == len(set(types))
    assert {"text/html", "text/plain"} <= set(types)
