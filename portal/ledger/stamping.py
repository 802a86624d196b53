"""History rows carry the act that writes them (docs/decisions/0003)."""

from simple_history.signals import pre_create_historical_record

from portal.ledger.acts import stamp

pre_create_historical_record.connect(stamp, dispatch_uid="ledger.stamp")
