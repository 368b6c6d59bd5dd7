/**
 * Trained networks, read from their published files.
 *
 * @module
 */
export * from "./image_net_classes.ts";
export * from "./input.ts";
export { alexNet } from "./networks/alex_net.ts";
export * from "./networks/first_layers.ts";
export { mobileNet } from "./networks/mobile_net.ts";
export * from "./networks/pretrained_network.ts";
export { squeezeNet } from "./networks/squeeze_net.ts";
export { tinyDarknet } from "./networks/tiny_darknet.ts";
export * from "./onnx/read_onnx_weights.ts";
export * from "./weights/named_weights.ts";
