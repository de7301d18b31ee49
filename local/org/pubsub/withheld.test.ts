import assert from 'node:assert/strict';
import test from 'node:test';
import { testOrg } from './test-org.ts';

test('changes are withheld, silently, from who does not see all records of the object', () => {
  const { org, bus, insert } = testOrg();
  const session = { userId: org.integrationUserId, token: '', origin: '' };
  const read = (): number =>
    bus
      .open('/data/LeadChangeEvent', { preset: 'earliest' }, (object) => org.accessOf(session).viewsAll(object))
      .read(10).length;
  const ParentId = insert('PermissionSet', { Name: 'Reads', Label: 'Reads' });
  insert('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: session.userId });
  insert('Lead', { LastName: 'Bee', Company: 'Bees' });
  const before = bus.delivered;
  insert('ObjectPermissions', { ParentId, SobjectType: 'Lead', PermissionsRead: true });
  assert.equal(read(), 0);
  assert.equal(bus.delivered, before, 'what is withheld is no delivery');
  insert('ObjectPermissions', { ParentId, SobjectType: 'Lead', PermissionsViewAllRecords: true });
  assert.equal(read(), 1);
});
