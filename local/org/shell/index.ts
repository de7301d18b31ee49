export { addShellDoor } from './door.ts';
export { createUser } from './users.ts';
