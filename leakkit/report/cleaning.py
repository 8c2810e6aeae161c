"""Pages made harmless and complete: nothing that runs or loads, unique identifiers, a contents list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_KEPT_TAGS = frozenset(
    "a b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 "
    "h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup "
    "table tbody td tfoot th thead tr u ul".split()
)
_DROPPED_WHOLE = frozenset(
    "script style iframe object embed svg math template noscript title textarea select".split()
)
_BAD_STYLE = ("url", "(", "import", "\\", "position")
_LINKS = ("#", "https://", "http://", "mailto:")
_KEPT_ATTRIBUTES = frozenset(
    "alt aria-current aria-label class colspan height href id open role rowspan scope src start style "
    "tabindex width".split()
)


def clean_html(html: str) -> str:
    """Give HTML in which nothing can run or load: prose and tables only, no outside link."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    _clean(soup)
    for link in soup.find_all("a", href=True):
        if not str(link["href"]).startswith("#"):
            del link["href"]
    return str(soup)


def _clean(soup: BeautifulSoup | Tag) -> None:
    """Clean a tree in place."""
    from bs4 import Comment, Declaration, Doctype, ProcessingInstruction

    unseen = (Comment, Declaration, Doctype, ProcessingInstruction)
    for text in soup.find_all(string=lambda part: isinstance(part, unseen)):
        text.extract()
    for tag in soup.find_all(True):
        if tag.decomposed:
            continue
        if tag.name in _DROPPED_WHOLE:
            tag.decompose()
        elif tag.name not in _KEPT_TAGS:
            tag.unwrap()
        else:
            _clean_attributes(tag)


def _clean_attributes(tag: Tag) -> None:
    """Keep only attributes that cannot run or load anything."""
    for name in list(tag.attrs):
        value = str(tag.attrs[name])
        bad_source = name == "src" and not value.startswith("data:image/png;base64,")
        bad_style = name == "style" and any(word in value.lower() for word in _BAD_STYLE)
        if name not in _KEPT_ATTRIBUTES or bad_source or bad_style:
            del tag.attrs[name]
    link = str(tag.attrs.get("href", ""))
    if tag.name == "a" and not link.startswith(_LINKS) and not _is_page(link):
        tag.attrs.pop("href", None)


def _is_page(link: str) -> bool:
    """Tell whether a link names a page beside this one."""
    name = link.partition("#")[0]
    return name.endswith(".html") and not set(name) & set(":/\\")


def finish_page(html: str) -> str:
    """Clean the main part of a page, make identifiers unique, fill the contents list, let code take focus."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    main = soup.find("main")
    if main is None:
        return html
    _clean(main)
    main["id"] = "content"
    taken = {"content"}
    for tag in main.find_all(id=True):
        tag["id"] = _free(str(tag["id"]), taken)
    for heading in main.find_all(["h1", "h2", "h3"], id=False):
        heading["id"] = _free("-".join(heading.get_text().split()), taken)
    for block in main.find_all("pre"):
        block["tabindex"] = "0"
    for image in main.find_all("img", alt=False):
        image["alt"] = ""
    for table in main.find_all("table"):
        for header in table.find_all("th", scope=False):
            header["scope"] = "col" if header.find_parent("thead") else "row"
    _fill_contents(soup, main)
    return str(soup)


def _free(name: str, taken: set[str]) -> str:
    """Give an identifier that is not taken yet."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


def _fill_contents(soup: BeautifulSoup, main: Tag) -> None:
    """List the second-level headings, each as a link to its place."""
    place = soup.select_one("nav.contents")
    headings = main.find_all("h2", id=True)
    if place is None or not headings:
        if place is not None:
            place.decompose()
        return
    word = soup.new_tag("p")
    word.string = "Contents"
    entries = soup.new_tag("ul")
    for heading in headings:
        entry, link = soup.new_tag("li"), soup.new_tag("a", href=f"#{heading['id']}")
        link.string = heading.get_text()
        entry.append(link)
        entries.append(entry)
    place.extend([word, entries])
