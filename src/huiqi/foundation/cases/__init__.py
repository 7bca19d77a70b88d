"""Cases: number, organisation, clocks, timeline and what is due next, for all that is handled.
A case knows its party by opaque id. 民法典第200条至第204条（期间计算）.
"""
