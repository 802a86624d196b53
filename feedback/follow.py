"""Asking to be told by e-mail, saying yes to it, and ending it again."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from disclosures.scope import scope_of
from feedback.models import Subscription
from feedback.views import page_with_form
from portal.organisation.pace import Pace, address_of

private = cache_control(private=True, no_store=True)
FROM_ADDRESS = Pace(10, seconds=3600)
TO_ADDRESS = Pace(5, seconds=24 * 3600)
# What the address calls each part of a scope.
TERMS = {"q": "words", "school": "school", "department": "department", "category": "category"}


class FollowForm(forms.Form):
    """Where the news go, and how often."""

    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        max_length=254,
        help_text=gettext_lazy("只用来发送这份更新，随时可以退订。"),
        error_messages={
            "required": gettext_lazy("请填写电子邮箱。"),
            "invalid": gettext_lazy("请填写完整的电子邮箱，如name@example.com。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("多久一次"),
        choices=Subscription.Rhythm.choices,
        initial=Subscription.Rhythm.WEEKLY,
        help_text=gettext_lazy("早上七点发送，每周的在星期一；没有新内容就不发。"),
        widget=forms.RadioSelect,
    )
    website = forms.CharField(
        label=gettext_lazy("请不要填写这一栏"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_email(self):
        """Addresses may quote control characters; in the head of a mail they end its line."""
        email = self.cleaned_data["email"]
        if not email.isprintable():
            raise forms.ValidationError(self.fields["email"].error_messages["invalid"])
        return email

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请把“请不要填写这一栏”清空后再提交。"))


@private
@page_with_form
def follow(request):
    """The form for one school, category, department or search, named in the address."""
    asked = {part: request.GET[name] for name, part in TERMS.items() if name in request.GET}
    scope = scope_of(**asked)
    if scope is None:
        raise Http404
    form = FollowForm(request.POST if request.method == "POST" else None)
    page = {"scope": scope, "school": scope.school, "form": form}
    if form.is_valid() and ask(request, form, scope):
        return render(request, "feedback/follow_asked.html", page)
    return render(request, "feedback/follow_form.html", page)


def ask(request, form, scope):
    """Take the wish in. Whether the address is known already shows neither in words nor in time:
    the question is mailed later, by the sweep."""
    email, rhythm = form.cleaned_data["email"], form.cleaned_data["rhythm"]
    wish = f"{email.lower()} {scope.asked}"
    if not FROM_ADDRESS.admits(address_of(request), wish):
        form.add_error(None, _("这个网络地址一小时内登记太多，请稍后再试。"))
        return False
    if TO_ADDRESS.admits(email.lower(), wish):
        Subscription.objects.ask(email=email, scope=scope, rhythm=rhythm, language=get_language())
    return True


@private
@csrf_exempt  # the token in the address is the only key, and no cookie is needed
@page_with_form
def following(request, token):
    """What the link in a mail opens. Only a button confirms or ends: programs open links, too."""
    subscription = Subscription.objects.found_by(token)
    if subscription is None:
        return render(request, "feedback/follow_gone.html", status=404)
    acts = {"confirm": subscription.confirm, "end": subscription.end}
    acts["end_all"] = subscription.end_all
    act = request.POST.get("act", "")
    if act in acts:
        acts[act]()
    for other in subscription.others():
        if request.POST.get("end_other") == str(other.pk):
            other.end()
    page = {"subscription": subscription, "others": subscription.others(), "act": act}
    page["token"] = token
    return render(request, "feedback/follow_page.html", page)


@private
@csrf_exempt  # mail programs post here by themselves (RFC 8058)
@page_with_form
def unfollow(request, token):
    """One-click unsubscribing: a POST ends it, and is right also when it has ended before."""
    if request.method != "POST":
        return following(request, token)
    subscription = Subscription.objects.found_by(token)
    if subscription:
        subscription.end()
    return render(request, "feedback/follow_gone.html", {"ended": True})
