"""What's on in the demo world: invented, and built through actions."""

from hereabouts.activities.demo.building import build

__all__ = ["build"]
