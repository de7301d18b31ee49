import { recordIdIn } from 'c/plumblineRecordId';

const id = '00Q000000000001AAA';

describe('c-plumbline-record-id', () => {
  it('finds the ID alone and in the addresses of a page', () => {
    const addresses = [
      id,
      ` ${id}\n`,
      `https://x.example/lightning/r/Lead/${id}/view`,
      `https://x.example/one?id=${id}&a=b`,
    ];
    expect(addresses.map(recordIdIn)).toEqual([id, id, id, id]);
  });

  it('finds nothing in anything else', () => {
    for (const other of ['', 'Ada', id.slice(0, 15), `${id}B`]) expect(recordIdIn(other)).toBeUndefined();
  });
});
