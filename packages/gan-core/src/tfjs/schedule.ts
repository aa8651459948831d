/**
 * How the learning rate changes during training: what multiplies it at a step.
 *
 * @param step - steps done, from 0 to `totalSteps` − 1.
 */
export type Schedule = (step: number, totalSteps: number) => number;
