from guvoh.clean.html_tokens import marks_in, read_attributes, scan


def blocks(source: str) -> list[str]:
    page = scan(source)
    return [
        "".join(source[piece.start : piece.end] for piece in block.pieces if not piece.line_break)
        for block in page.blocks
    ]


def test_blocks_end_where_the_standard_ends_them() -> None:
    assert blocks("<p>one <b>bold</b> word<p>two<ul><li>a<li>b</ul>") == [
        "one bold word",
        "two",
        "a",
        "b",
    ]


def test_no_text_comes_from_scripts_styles_and_comments() -> None:
    source = "<style>p{}</style>a<script>if (a<b) {'</p>'}</script><!-- c > d --><svg><text>e</text></svg>"
    assert blocks(source) == ["a"]


def test_quotes_hold_a_tag_together_only_after_an_equals_sign() -> None:
    assert blocks("<a title='x > y'>in</a> <b \">out</b>") == ["in out"]


def test_attributes_are_read_as_browsers_do() -> None:
    source = "<img ALT='a &amp; b' src=x.png data-x hidden ALT=second>"
    assert read_attributes(source, 4, len(source)) == {
        "alt": "a & b",
        "src": "x.png",
        "data-x": "",
        "hidden": "",
    }


def test_each_piece_of_text_travels_under_its_number() -> None:
    page = scan("<p>one</p> <p>two</p>")
    assert marks_in(page.reduced) == {0, 1}
    marked = page.reduced[page.reduced.index("two") - 2 :]
    assert marks_in(marked) == {1}


def test_marks_of_the_page_itself_name_no_piece() -> None:
    page = scan("<p>\U000e0100\U000e0105one</p>")
    assert marks_in(page.reduced) == {0}


def test_scripts_of_structured_data_and_saved_from_comments_are_found() -> None:
    source = "<!-- saved from url=(0010)https://a.example/ --><script type='application/ld+json'>{}</script>"
    page = scan(source)
    assert [source[start:end] for start, end in page.scripts] == ["{}"]
    assert len(page.comments) == 1
