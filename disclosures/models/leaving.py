"""How a published edition leaves the board, comes back, or loses a part: two persons each."""

from django.utils.translation import gettext_lazy as _

from disclosures import erasing, news, proof
from disclosures.models.moving import EditionMoving
from portal.ledger.acts import Refused
from portal.ledger.moments import now, today


class EditionLeaving(EditionMoving):
    """Withdrawal, restoration and lawful removal; the acts before them are `Edition`'s."""

    class Meta:
        abstract = True

    def propose_withdrawal(self, *, by, ground, reason, version=None):
        """Ask for the notice to leave the board; another person decides."""
        self._must_be_ground(ground)
        self._propose(
            "propose_withdrawal", "withdraw", by=by, reason=reason, ground=ground, version=version
        )

    def withdraw(self, *, by, reason="", version=None):
        """The second person agrees: the releases end and a tombstone stays at the address."""
        with self.moving("withdraw", by=by, reason=reason, version=version):
            proposal = self.proposals.settle("withdraw", "agreed", by=by)
            self._take_off(ground=proposal.ground, reason=proposal.reason)
            self.unconfirmed, self.unconfirmed_by = "", None
            self.save()
            self._tell_withdrawal("withdraw")

    def take_down(self, *, by, ground, reason, version=None):
        """Remove a notice at once because it does harm; a second person confirms or restores."""
        if not reason.strip():
            raise Refused(_("紧急撤下要写明理由。"))
        self._must_be_ground(ground)
        with self.moving("take_down", by=by, reason=reason, version=version):
            self._take_off(ground=ground, reason=reason)
            self.unconfirmed, self.unconfirmed_by = self.Unconfirmed.TAKEN_DOWN, by
            self.proposals.settle("withdraw", "lapsed", by=by)
            self.save()
            self._tell_withdrawal("take_down")
            news.unconfirmed(self)

    def propose_restoration(self, *, by, reason, version=None):
        """Ask for a withdrawn notice to come back; another person decides."""
        self._propose("propose_restoration", "restore", by=by, reason=reason, version=version)

    def restore(self, *, by, reason="", version=None):
        """The second person agrees: new releases from now on, under the same number."""
        with self.moving("restore", by=by, reason=reason, version=version):
            if self.closes_on and self.closes_on < today():
                raise Refused(_("公开期限已经届满，不能恢复；如需再次公开，请另行起草。"))
            self.proposals.settle("restore", "agreed", by=by)
            self.withdrawn_at, self.withdrawal_ground, self.withdrawal_reason = None, "", ""
            self.unconfirmed, self.unconfirmed_by = "", None
            self.save()
            moment = now()
            self.releases.plan(self, opens_at=moment, planned_at=moment)
            proof.planned(self, "restore")

    def propose_redaction(self, *, by, names, basis, reason, version=None):
        """Ask that parts of what was published be lawfully removed; another person decides."""
        if not reason.strip():
            raise Refused(_("请写明理由，另一位办理人要据此决定。"))
        if basis not in self.Basis.values:
            raise Refused(_("请从列出的依据中选择一项。"))
        with self.moving("propose_redaction", by=by, reason=reason, version=version):
            offered = {piece.name for piece in erasing.erasable(self)}
            if not names or set(names) - offered:
                raise Refused(_("请从列出的内容中选择要隐去的部分。"))
            told = {"basis": basis, "names": sorted(names)}
            self.proposals.open(self, "redact", by=by, reason=reason, **told)
            self.save()
            news.proposed(self, "redact", by)

    def redact(self, *, by, reason="", version=None):
        """The second person agrees: value and salt are destroyed, a visible mark stays."""
        with self.moving("redact", by=by, reason=reason, version=version) as record:
            proposal = self.proposals.settle("redact", "agreed", by=by)
            told = {"basis": proposal.basis, "reason": proposal.reason}
            erasing.erase(self, names=proposal.names, **told)
            record.digest_before = ""

    def decline(self, *, by, reason, version=None):
        """Say no to a proposal; the notice stays as it is."""
        if not reason.strip():
            raise Refused(_("不同意时请写明理由，让提出人知道原因。"))
        with self.moving("decline", by=by, reason=reason, version=version):
            self.proposals.settle("withdraw", "declined", by=by)
            self.proposals.settle("restore", "declined", by=by)
            self.proposals.settle("redact", "declined", by=by)
            self.save()

    def _propose(self, act, wanted, *, by, reason, ground="", version=None):
        if not reason.strip():
            raise Refused(_("请写明理由，另一位办理人要据此决定。"))
        with self.moving(act, by=by, reason=reason, version=version):
            self.proposals.open(self, wanted, by=by, reason=reason, ground=ground)
            self.save()
            news.proposed(self, wanted, by)

    def _must_be_ground(self, ground):
        if ground not in self.Ground.values:
            raise Refused(_("请从列出的原因中选择一项。"))

    def _take_off(self, *, ground, reason):
        self.releases.end(self)
        self.withdrawn_at = now()
        self.withdrawal_ground, self.withdrawal_reason = ground, reason

    def _tell_withdrawal(self, kind):
        facts = {"ground": self.withdrawal_ground}
        proof.ended(self, kind, reason=self.withdrawal_reason, facts=facts)
