"""Naming who takes on the open step of a review, and by which day."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.admin.drafting import refused
from disclosures.admin.pages import page, readable_or_404
from disclosures.models import Review
from portal.ledger.acts import Refused
from portal.organisation.fields import Day


class AssignmentForm(forms.Form):
    """Which of those who may decide the step is asked for it."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("承办人"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    due_on = Day(
        label=gettext_lazy("办理期限"),
        required=False,
        help_text=gettext_lazy("可不填。到这一天还没有决定的，会提醒承办人。"),
    )

    def __init__(self, *args, review, **options):
        named = {"to": review.assignee_id, "due_on": review.due_on}
        super().__init__(*args, initial=named, **options)
        self.fields["to"].queryset = review.candidates()
        self.fields["to"].label_from_instance = lambda person: person.name


def assign_view(desk, request, pk):
    edition = readable_or_404(request.user, pk)
    rows = Review.objects.open_to_assign(request.user).filter(edition=edition)
    review = rows.select_related("edition__disclosure", "assignee").first()
    if review is None:
        sentence = _("现在没有您可以指定承办人的审核步骤：要由这一步的审核人或校务公开办公室指定。")
        return refused(desk, request, edition, sentence, _("指定承办人"))
    form = AssignmentForm(request.POST or None, review=review)
    if request.method == "POST" and form.is_valid():
        try:
            review.assign(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            done = _("已请%(name)s承办。") % {"name": review.assignee.name}
            messages.success(request, done)
            return redirect("admin:disclosures_edition_change", edition.pk)
    context = {"title": _("指定承办人"), "edition": edition, "review": review, "form": form}
    return page(desk, request, "assign", context)
