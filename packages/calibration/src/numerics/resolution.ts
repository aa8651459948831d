/**
 * Scores this close to the lowest of a group are one point, as for scikit-learn: a smaller gap would make slopes between points
 * overflow.
 */
export const RESOLUTION = 1e-15;
