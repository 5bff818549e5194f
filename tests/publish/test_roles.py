"""People without a name go by a role in the reader's language."""

import json
import re

import pytest

from guvoh.protect import Release
from guvoh.publish.account import account
from guvoh.publish.roles import in_language
from guvoh.words import words


@pytest.mark.parametrize(("language", "role"), [("en", "[a-z-]+"), ("ru", "[а-яё-]+")])
def test_a_role_before_a_code_is_a_word_of_the_language(
    release: Release, language: str, role: str
) -> None:
    say = words(language)
    told = account(in_language(release, say), say)
    said = json.dumps([told["events"], told["replies"]], ensure_ascii=False)
    roles = re.findall(r"([^\W\d_]+(?:-[^\W\d_]+)*) P-[0-9A-Z]{4}", said)
    assert roles
    assert [one for one in roles if not re.fullmatch(role, one)] == []


def test_the_first_lines_say_in_words_on_how_many_people_the_story_rests(release: Release) -> None:
    assert account(release, words("en"))["lead"]["plain"].startswith("It all rests on the word of")
    assert account(release, words("ru"))["lead"]["plain"].startswith("Всё основано на словах")
