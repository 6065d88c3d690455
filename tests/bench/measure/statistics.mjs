// What a handful of measurements come to.

/** The middle value; the mean of the two middle ones where there are two. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The smallest value that `share` (0 to 1) of all values do not exceed: the nearest rank. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/**
 * How far the medians of two such series may lie apart by chance alone: half their range. For seven values of a
 * normal spread that is two standard deviations of the difference of two medians.
 */
export function noise(values) {
  return (Math.max(...values) - Math.min(...values)) / 2;
}
