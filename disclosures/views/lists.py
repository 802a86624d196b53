"""Lists of public notices: of all schools, of one, of a category, of a department."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures.forms import NoticeFilter, categories_of
from disclosures.models import Adoption, CatalogueEntry, Release
from disclosures.versions import unless_held, version_of
from disclosures.views.pages import page_of
from portal.ledger.moments import today
from portal.organisation.models import Department, Office, Post, School

public_page = cache_control(public=True, max_age=60)


@require_safe
@public_page
def notices(request):
    """What all schools have made public, newest first."""
    form = NoticeFilter(request.GET, fields=("school", "category", "year"))
    return listed(request, "disclosures/notice_list.html", form=form)


@require_safe
@public_page
def school_notices(request, slug):
    school = get_object_or_404(School, slug=slug)
    fields = ("department", "category", "year")
    form = NoticeFilter(request.GET, fields=fields, school=school)
    return listed(request, "disclosures/school_notices.html", form=form, school=school)


@require_safe
@public_page
def category(request, slug, code):
    """One category of a school's catalogue; a code the catalogue never had is not found."""
    school = get_object_or_404(School, slug=slug)
    title = categories_of(CatalogueEntry.objects.offered_to(school)).get(code)
    if title is None:
        raise Http404
    form = NoticeFilter(request.GET, fields=("department", "year"), school=school)
    context = {"school": school, "title": title}
    return listed(request, "disclosures/category.html", form=form, category=code, **context)


@require_safe
@public_page
def department(request, slug, name):
    """What one department answers for: who heads it, its matters, its notices."""
    found = get_object_or_404(
        Department.objects.select_related("school", "parent__school"),
        school__slug=slug,
        slug=name,
    )
    heads = Post.objects.held(today()).filter(department=found, office=Office.DEPARTMENT_HEAD)
    matters = Adoption.objects.filter(department=found, is_on=True, entry__superseded_on=None)
    context = {
        "school": found.school,
        "department": found,
        "heads": heads.select_related("user"),
        "matters": matters.select_related("entry").order_by("entry__position", "entry__code"),
    }
    form = NoticeFilter(request.GET, fields=("category", "year"), school=found.school)
    return listed(request, "disclosures/department.html", form=form, **context)


def listed(request, template, *, form, **scope):
    """A page of what the form leaves of the public notices within the scope."""
    fields = {
        name: value for name, value in scope.items() if name in ("school", "category", "department")
    }
    releases = form.filter(Release.objects.public().filter(**fields))

    def made():
        page = page_of(releases, request.GET.get("after", ""))
        return render(request, template, {"form": form, "page": page, **scope})

    return unless_held(request, version_of(releases), made)
