import { strFromU8, unzipSync } from 'fflate';
import { download, zipOf } from '../plumblineZip';

describe('c-plumbline-zip', () => {
  it('makes a file that another program takes apart', () => {
    const files = {
      'package.xml': '<Package/>',
      'objects/Account.object': '<label>Zeit für Grüße — 30 日</label>',
      empty: '',
    };
    const zip = zipOf(files);
    const taken = Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, strFromU8(bytes)]);
    expect(Object.fromEntries(taken)).toEqual(files);
    // The first file's sum stands in its header, and is looked at by other programs.
    expect(new DataView(zip.buffer).getUint32(14, true)).toBe(3_103_391_544);
  });

  it('is the same file for the same texts', () => {
    expect(zipOf({ a: 'x' })).toEqual(zipOf({ a: 'x' }));
  });

  it('hands every byte to the browser', () => {
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: unknown) {
      const link = this as HTMLAnchorElement;
      expect([link.download, link.href]).toEqual(['f.zip', 'data:application/zip;base64,AP8=']);
    });
    download('f.zip', 'application/zip', new Uint8Array([0, 255]));
    expect(clicked).toHaveBeenCalledTimes(1);
    clicked.mockRestore();
  });
});
