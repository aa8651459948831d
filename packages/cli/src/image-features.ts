import { type ImageClassifierOptions, type ImageFeatures, trainImageClassifier } from "./image-classifier.ts";

export type { ImageFeatures } from "./image-classifier.ts";

/** Options of {@link trainImageFeatures}. */
export interface ImageFeaturesOptions
  extends Pick<
    ImageClassifierOptions,
    "images" | "labels" | "height" | "width" | "random" | "units" | "signal" | "onProgress"
  > {
  /** Default 800. */
  readonly steps?: number;
}

/**
 * Trains a small convolutional classifier: its last hidden layer says what is in an image, where pixels say how it was made. So a
 * critic that sees it goes by what matters.
 */
export function trainImageFeatures(options: ImageFeaturesOptions): Promise<ImageFeatures> {
  return trainImageClassifier({ steps: 800, ...options });
}
