import type { FieldShape } from 'plumbline/answers';

/** A field's type as Setup shows it, with what it can hold: `Text(80)`, `Number(18, 2)`. */
export function shapeText(shape: FieldShape): string {
  if ('length' in shape) return `${shape.type}(${shape.length})`;
  return 'precision' in shape ? `${shape.type}(${shape.precision - shape.scale}, ${shape.scale})` : shape.type;
}
