import { LightningElement, api } from 'lwc';
import { count, fill, shortDay } from 'c/plumblineFormat';
import type { TrendPoint } from 'plumbline/health';
import { labels } from './labels';

const width = 560;
const height = 160;
const top = 16;
const bottom = 24;

interface Bar {
  readonly key: string;
  readonly title: string;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  readonly troubleY: number;
  readonly troubleHeight: number;
  readonly labelX: number;
  readonly label: string;
}

/** Records of each day as bars, the failed and held ones marked at their foot. */
export default class PlumblineTrend extends LightningElement {
  @api trend: readonly TrendPoint[] = [];

  readonly labels = labels;
  readonly viewBox = `0 0 ${width} ${height}`;
  readonly axisY = height - bottom;
  readonly axisEnd = width;
  readonly labelY = height - 6;

  get empty(): boolean {
    return this.trend.every((point) => point.records === 0);
  }

  get description(): string {
    const sum = (each: (point: TrendPoint) => number): number =>
      this.trend.reduce((total, point) => total + each(point), 0);
    return fill(
      labels.description,
      this.trend.length,
      sum((point) => point.records),
      sum((point) => point.failed),
      sum((point) => point.held),
    );
  }

  get bars(): readonly Bar[] {
    const most = Math.max(1, ...this.trend.map((point) => point.records));
    const step = width / Math.max(1, this.trend.length);
    const scale = (height - top - bottom) / most;
    // Day names are given to every other bar when there is no room for all.
    const every = this.trend.length > 8 ? 2 : 1;
    return this.trend.map((point, index) => {
      const tall = Math.round(point.records * scale);
      const trouble = Math.min(tall, Math.ceil((point.failed + point.held) * scale));
      const day = shortDay(point.day);
      return {
        key: point.day,
        title: fill(labels.barTitle, day, count(point.records), count(point.failed), count(point.held)),
        x: Math.round(index * step + step * 0.15),
        width: Math.round(step * 0.7),
        y: this.axisY - tall,
        height: tall,
        troubleY: this.axisY - trouble,
        troubleHeight: trouble,
        labelX: Math.round((index + 0.5) * step),
        label: index % every === 0 ? day : '',
      };
    });
  }
}
