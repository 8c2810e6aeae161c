"""Coordinates of things: of weather balloons, buoys, stations and earthquakes, where nothing tells of a person.

A track is of who carries the device, so coordinates stay unless the member says of what they are, and no word in it
speaks of a run, a ride, a telephone or a home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.nobody.telling import OF_PERSONS, OF_USERS, Telling
from leakkit.pii.places import are_of

if TYPE_CHECKING:
    import pyarrow as pa

_THINGS = (
    r"(?i)(?:^|[^a-z])(?:[a-z]{0,12}(?:balloons?|ballon|sondes?|seism(?:ic|ology|ometer)?|earthquakes?|quakes?)"
    r"|payloads?|sondehub|buoys?|bojen?|argo|wmo|float_id|epicent(?:er|re)|magnitudes?|magnitude_?type|mag|richter"
    r"|meteo(?:rological|stat)?|weather|wetter(?:ballon|station)|météo|stratospher\w*|tropopause|ascent_rate|burst_alt\w*"
    r"|stations?[ _\-]?(?:ids?|codes?|names?|no)|iata|noaa|ndbc|sst|salinity|psal|norad|ground[ _]?tracks?|raster"
    r"|lidar|volcano\w*|glacier\w*|craters?|telescopes?|observator\w*|light[ _]?houses?|stop_(?:id|lat|lon|name)"
    r"|cell_tower|wind_?(?:speed|dir)\w*|rain(?:fall)?_?mm|precip\w*|humidity|highway|traffic_signals|amenity)(?:$|[^a-z])"
)
"""What says that coordinates are of a thing, or of a place where nobody lives."""
_CARRIED = (
    r"(?i)(?:^|[^a-z])(?:runs?|runn(?:er|ing)|jog(?:ging|s)?|walk(?:s|ing)?|hik(?:e|es|ing)|bik(?:e|es|ing)|cycl\w*"
    r"|rides?|riding|ski(?:ing)?|swim(?:ming)?|commut\w*|workouts?|activit(?:y|ies)|fitness|strava|garmin|komoot|runtastic"
    r"|polar|suunto|fitbit|endomondo|hr|heart[ _]?rate|bpm|cadence|steps|calories|phones?|iphone|android|mobile|handy"
    r"|imei|idfa|gaid|device[ _]?ids?|home|haus|zuhause|work|office|school|trips?|taxi|driver|fahrer|car|vehicles?"
    r"|licen[cs]e|plates?|deliver(?:y|ies)|pick[ _]?ups?|drop[ _]?offs?|check[ _\-]?ins?|photos?|img|exif|tweets?"
    r"|address|streets?|customers?|visits?|accuracy|geofence|shar(?:e|ed|ing)|my|names? of)(?:$|[^a-z])"
)
"""What says that somebody carries the device, or lives at the place."""


def without_things(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out coordinates in members that say of what thing they are, and in which nothing tells of a person.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa

    asked = np.flatnonzero(are_of(found, "entity", "COORDINATES"))
    if not len(asked):
        return found
    telling = Telling(batch, found, asked)
    gone = telling.nowhere(asked, OF_PERSONS, OF_USERS, _CARRIED)
    if not gone.any():
        return found
    gone[gone] = telling.somewhere(asked[gone], _THINGS)
    kept = np.ones(found.num_rows, bool)
    kept[asked[gone]] = False
    return found.filter(pa.array(kept))
