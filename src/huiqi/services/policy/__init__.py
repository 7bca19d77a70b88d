"""惠政策: what support exists, and which of it fits a business."""
