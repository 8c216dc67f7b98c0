"""What the pages say of merged members: where their points and entries are, and whose they were."""

from __future__ import annotations

from tests.inspector.conftest import PAGES, Site
from tests.inspector.reading import text_of


def test_a_merged_member_says_where_its_entries_are(site: Site) -> None:
    accounts, transactions = site.client.loyalty.accounts, site.client.loyalty.transactions
    first, second, last = (accounts.create(program="prog_default") for _ in range(3))
    for _ in range(2):
        transactions.create(account=first.id, amount=100)
    accounts.merge(source=first.id, target=second.id)
    page = site.page(f"{PAGES}/members/{first.id}")
    assert f"Its 2 entries are in the ledger of {second.id} ." in text_of(page)
    assert f'href="{PAGES}/members/{second.id}"' in page
    accounts.merge(source=second.id, target=last.id)
    moved_on = text_of(site.page(f"{PAGES}/members/{first.id}"))
    assert f"Merged into {second.id} on 2026-01-01 00:00:00 , and with it into {last.id} ." in (
        moved_on
    )
    assert f"Its 2 entries are in the ledger of {last.id} ." in moved_on
    between = text_of(site.page(f"{PAGES}/members/{second.id}"))
    assert f"Nothing had been posted to it when it was merged into {last.id} ." in between
    assert "Nothing was posted yet" not in moved_on + between


def test_an_entry_that_came_by_a_merge_says_from_whom(site: Site) -> None:
    accounts, transactions = site.client.loyalty.accounts, site.client.loyalty.transactions
    kept, gone = (
        accounts.create(program="prog_default", customer=name) for name in ("ada", "ada_double")
    )
    own = transactions.create(account=kept.id, amount=100)
    moved = transactions.create(account=gone.id, amount=100)
    accounts.merge(source=gone.id, target=kept.id)
    page = text_of(site.page(f"{PAGES}/members/{kept.id}"))
    assert "ada_double was merged into this member." in page
    assert f"{moved.id} from ada_double , merged" in page
    assert f"{own.id} adjust" in page


def test_the_list_shows_both_sides_of_a_merge(site: Site) -> None:
    accounts = site.client.loyalty.accounts
    kept = accounts.create(program="prog_default", customer="ada")
    for number in range(5):
        double = accounts.create(program="prog_default", customer=f"double_{number}")
        accounts.merge(source=double.id, target=kept.id)
    page = text_of(site.page())
    assert "ada with double_4 with double_3 with double_2 and 2 more" in page
    assert page.count(f"merged into {kept.id}") == 5
