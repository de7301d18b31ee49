export { Capture, listen, type CaptureOptions } from './capture.ts';
