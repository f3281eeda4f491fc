"""Who owns the deployment, and how they become its owner."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.admins import Admins, AlreadyOwned, NowOwner, Role, WrongCode
from bot.storage import SqlStorage, open_storage
from tests.fakes import SetClock

ODA, ANI = 41_000, 501


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """An empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield opened


@pytest.fixture
def admins(storage: SqlStorage) -> Admins:
    """A deployment whose configuration names no owner."""
    return Admins(storage, SetClock())


async def _code(admins: Admins) -> str:
    code = await admins.issue_code()
    assert code is not None
    return code


async def test_the_printed_code_makes_one_owner(admins: Admins) -> None:
    """Who claims first with the code owns the bot; nobody can claim it again."""
    code = await _code(admins)
    assert await admins.claim(ODA, code) == NowOwner()
    assert await admins.role(ODA) is Role.OWNER
    assert await admins.claim(ANI, code) == AlreadyOwned(by_caller=False)
    assert await admins.claim(ODA, code) == AlreadyOwned(by_caller=True)
    assert await admins.role(ANI) is None


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        (lambda code: code.lower(), "case does not matter"),
        (lambda code: code.replace("-", ""), "dashes may be left out"),
        (lambda code: f" {code.replace('-', ' ')} ", "spaces may stand for them"),
        (lambda code: code.replace("0", "O").replace("1", "l"), "letters that look like digits are taken for them"),
    ],
)
async def test_the_code_is_taken_as_people_type_it(admins: Admins, typed: object, rule: str) -> None:
    """A code read off a screen and typed on a phone works."""
    assert callable(typed)
    assert await admins.claim(ODA, typed(await _code(admins))) == NowOwner(), rule


@pytest.mark.parametrize("guess", ["", "-", "0000-0000-0000", "ANYTHING", "' OR 1=1 --", "\ud800", "٠" * 12])
async def test_a_guess_makes_nobody_owner(admins: Admins, guess: str) -> None:
    """Whatever else is typed changes nothing."""
    await _code(admins)
    assert await admins.claim(ANI, guess) == WrongCode()
    assert await admins.role(ANI) is None


async def test_without_a_printed_code_nothing_can_be_claimed(admins: Admins) -> None:
    """An empty code never matches an absent one."""
    assert await admins.claim(ANI, "") == WrongCode()


async def test_only_the_last_printed_code_is_valid(admins: Admins) -> None:
    """A start without an owner prints a new code, and the lost one is worth nothing."""
    lost = await _code(admins)
    assert await _code(admins) != lost
    assert await admins.claim(ANI, lost) == WrongCode()


async def test_an_owned_bot_prints_no_code(admins: Admins) -> None:
    """Once there is an owner, a start prints nothing that could be claimed."""
    await admins.claim(ODA, await _code(admins))
    assert await admins.issue_code() is None


async def test_the_configuration_may_name_the_owners(storage: SqlStorage) -> None:
    """Owners by configuration need no code, and leave none to be found by others."""
    admins = Admins(storage, SetClock(), owner_ids=[ODA])
    assert await admins.issue_code() is None
    assert await admins.role(ODA) is Role.OWNER
    assert await admins.claim(ANI, "") == AlreadyOwned(by_caller=False)
    assert await admins.members() == {ODA}


async def test_the_code_is_stored_as_a_hash_only(admins: Admins, storage: SqlStorage) -> None:
    """Whoever reads the database cannot claim the bot."""
    code = (await _code(admins)).replace("-", "")
    async with storage.read() as work:
        stored = await work.admins.get_value("claim_code_sha256")
    assert stored is not None
    assert code not in stored.upper()


async def test_a_used_code_is_forgotten(admins: Admins, storage: SqlStorage) -> None:
    """After the claim not even the hash is left."""
    await admins.claim(ODA, await _code(admins))
    async with storage.read() as work:
        assert await work.admins.get_value("claim_code_sha256") is None


async def test_every_try_is_audited(admins: Admins, storage: SqlStorage) -> None:
    """The audit tells who tried, what, and whether they might, and nothing of what they typed."""
    await admins.refused(ANI, "/addfeed")
    await admins.claim(ANI, "GUESS")
    await admins.claim(ODA, await _code(admins))
    async with storage.read() as work:
        entries = await work.audit.latest()
    assert [(entry.user_id, entry.action, entry.subject, entry.allowed) for entry in reversed(entries)] == [
        (ANI, "/addfeed", "", False),
        (ANI, "claim", "", False),
        (ODA, "claim", "", True),
    ]
