"""What a researcher would write in Python for the same extraction: BeautifulSoup over lxml, or `mailbox`.

`python neighbors.py FORM FILE RUNS` reads the file once, extracts all comments RUNS times, and prints the
number of comments and the seconds of the quickest run. Extracted are id, parent or depth, author, time and text.
Needs `beautifulsoup4` and `lxml`.
"""

import email.utils
import mailbox
import re
import sys
import time

BLOCKS = "\n\n"


def main() -> None:
    form, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    best, count = float("inf"), 0
    data = b"" if form == "mbox" else open(path, "rb").read()
    for _ in range(runs):
        start = time.perf_counter()
        count = len(mbox(path) if form == "mbox" else FORMS[form](soup(data)))
        best = min(best, time.perf_counter() - start)
    print(count, best)


def soup(data):
    from bs4 import BeautifulSoup

    return BeautifulSoup(data, "lxml")


def text(element):
    return element.get_text(BLOCKS, strip=True) if element else ""


def words(element, selector):
    found = element.select_one(selector)
    return found.get_text(" ", strip=True) if found else None


def attribute(element, selector, name):
    found = element.select_one(selector)
    return found.get(name) if found else None


def hn(page):
    found, above = [], []
    for row in page.select("tr.athing.comtr"):
        cell = row.select_one("td.ind")
        depth = int(cell.get("indent") or int(cell.img["width"]) // 40)
        del above[depth:]
        found.append(
            (
                row["id"],
                above[-1] if above else None,
                words(row, "a.hnuser"),
                attribute(row, "span.age", "title"),
                text(row.select_one(".commtext")),
            )
        )
        above.append(row["id"])
    return found


def wordpress(page):
    found = []
    for item in page.select("li.comment"):
        above = item.find_parent("li", class_="comment")
        body = item.select_one(".comment-content, .comment-body")
        found.append(
            (
                item["id"],
                above["id"] if above else None,
                words(item, ".fn"),
                attribute(item, "time", "datetime"),
                text(body),
            )
        )
    return found


def slashdot(page):
    found = []
    for item in page.select("li.comment"):
        number = item["id"].removeprefix("tree_")
        above = item.find_parent("li", class_="comment")
        found.append(
            (
                number,
                above["id"] if above else None,
                words(item, ".by a"),
                words(item, f"#comment_otherdetails_{number}"),
                text(item.select_one(f"#comment_body_{number}")),
            )
        )
    return found


def reddit(page):
    found = []
    for thing in page.select("div.thing.comment"):
        above = thing.find_parent("div", class_="thing")
        entry = thing.select_one(".entry") or thing
        found.append(
            (
                thing.get("data-fullname"),
                above.get("data-fullname") if above else None,
                words(entry, "a.author"),
                attribute(entry, "time", "datetime"),
                text(entry.select_one(".usertext-body .md")),
            )
        )
    return found


def xenforo(page):
    found = []
    for post in page.select("article.message"):
        quoted = post.select_one("blockquote.bbCodeBlock--quote")
        source = re.search(r"\d+", quoted.get("data-source", "")) if quoted else None
        found.append(
            (
                post.get("data-content"),
                source[0] if source else None,
                post.get("data-author"),
                attribute(post, "time.u-dt", "datetime"),
                text(post.select_one(".message-body .bbWrapper")),
            )
        )
    return found


def register(page):
    found = []
    for post in page.select("#forum_posts .post"):
        found.append(
            (
                attribute(post, "a.permalink", "id"),
                attribute(post, "a.in-reply-to", "href"),
                words(post, ".author"),
                attribute(post, "span[data-epoch]", "data-epoch"),
                text(post.select_one(".body")),
            )
        )
    return found


def mbox(path):
    found = []
    for message in mailbox.mbox(path):
        part = next((p for p in message.walk() if p.get_content_type() == "text/plain"), None)
        payload = part.get_payload(decode=True) if part else b""
        charset = (part.get_content_charset() if part else None) or "utf-8"
        date = message["Date"]
        found.append(
            (
                message["Message-ID"],
                str(message.get("References") or message.get("In-Reply-To") or "").split(),
                email.utils.parseaddr(str(message["From"] or "")),
                email.utils.parsedate_to_datetime(str(date)) if date else None,
                payload.decode(charset, "replace"),
            )
        )
    return found


FORMS = {
    "hn-html": hn,
    "wordpress-html": wordpress,
    "slashdot": slashdot,
    "reddit-html": reddit,
    "xenforo": xenforo,
    "register-html": register,
}

if __name__ == "__main__":
    main()
