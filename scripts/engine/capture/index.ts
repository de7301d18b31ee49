export { Capture, listen, type CaptureOptions } from './capture.ts';
export { tellsByValues } from './echo.ts';
export { parentWatches } from './parents.ts';
export { isFollowed } from './poll.ts';
