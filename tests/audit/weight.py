"""What the public pages weigh, with everything of the portal's that they ask for."""

from urllib.parse import urlsplit

from tests.audit.figures import Figure, at_most
from tests.audit.pages import Answer, Linked, Place, fetch


def of_pages(pages: dict[Place, Answer]) -> list[Figure]:
    public = {place: answer for place, answer in pages.items() if not place.cookie}
    asked = {place: Linked(place, answer.content) for place, answer in public.items()}
    files = {address: fetch(address) for address in files_of(asked.values())}

    def weigh(*kinds: str, sent: bool = False) -> dict[str, int]:
        return {
            str(place): sum(
                files[each].sent if sent else len(files[each].content)
                for kind in kinds
                for each in getattr(linked, kind) & files.keys()
            )
            for place, linked in asked.items()
        }

    whole = weigh("styles", "scripts", "images", sent=True)
    for place, answer in public.items():
        whole[str(place)] += answer.sent
    html = {str(place): len(answer.content) for place, answer in public.items()}
    told = f"{len(public)} pages"
    return [
        at_most("page with all it asks for, as sent", told, whole, 150),
        at_most("HTML of a page, unpacked", told, html, 150),
        at_most("style sheets of a page, unpacked", told, weigh("styles"), 40),
        at_most("scripts of a page, unpacked", told, weigh("scripts"), 20),
    ]


def files_of(asked) -> set[str]:
    """What is served with the portal; pictures in a notice are attachments of its school."""
    named = {each for linked in asked for each in linked.styles | linked.scripts | linked.images}
    return {each for each in named if urlsplit(each).path.startswith("/static/")}
