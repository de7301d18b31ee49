export { addShellDoor } from './door.ts';
