import { LightningElement } from 'lwc';
import getHealth from '@salesforce/apex/PlumblineHealthController.getHealth';
import { exact, fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import { startPoll, type Poll } from 'c/plumblineTimer';
import type { Health } from 'plumbline/health';
import { labels } from './labels';
import { listenToProgress, withProgress } from './progress';

const whileRunning = 3_000;
const otherwise = 15_000;
/** About an hour of an open page: after that nobody may be there. */
const mostLooks = 240;

/** How everything is: the home page of the app. It looks again by itself while it is seen. */
export default class PlumblineHealth extends LightningElement {
  readonly labels = labels;
  health: Health | undefined;
  problem: Problem | undefined;
  refreshedAt = 0;
  resting = false;
  private poll: Poll | undefined;
  private stopListening: (() => void) | undefined;
  private connected = false;

  override connectedCallback(): void {
    this.connected = true;
    void this.begin();
    void this.listen();
  }

  override disconnectedCallback(): void {
    this.connected = false;
    this.poll?.stop();
    this.stopListening?.();
  }

  get loading(): boolean {
    return this.health === undefined;
  }

  /** A look that fails keeps what the one before showed, and says so. */
  get blockingProblem(): Problem | undefined {
    return this.health === undefined || this.problem?.denied ? this.problem : undefined;
  }

  get passingProblem(): Problem | undefined {
    return this.blockingProblem ? undefined : this.problem;
  }

  get noConnections(): boolean {
    return this.health?.connections.length === 0;
  }

  get refreshed(): string {
    return this.refreshedAt === 0 ? '' : fill(labels.refreshedAt, exact(this.refreshedAt));
  }

  get alarms(): readonly { key: string; sentence: string }[] {
    return (this.health?.alarms ?? []).map((sentence) => ({ key: sentence, sentence }));
  }

  get version(): string {
    const version = this.health?.version;
    if (!version) return labels.noVersion;
    return fill(
      labels.version,
      version.name,
      version.activatedAt ? exact(version.activatedAt) : '',
      version.activatedBy ?? '',
    );
  }

  get allTargets(): readonly string[] {
    return (this.health?.connections ?? []).map((connection) => connection.id);
  }

  get allPaused(): boolean {
    const connections = this.health?.connections ?? [];
    return connections.length > 0 && connections.every((connection) => connection.paused);
  }

  get offersPauseAll(): boolean {
    return this.health?.rights.canOperate === true && this.allTargets.length > 1;
  }

  get running(): boolean {
    return (this.health?.recentRuns ?? []).some((run) => run.state.toLowerCase() === 'running');
  }

  async load(): Promise<void> {
    try {
      this.health = await getHealth();
      this.refreshedAt = Date.now();
      this.problem = undefined;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  handleRefresh(): void {
    if (this.resting) this.startPolling();
    void this.load();
  }

  private async begin(): Promise<void> {
    await this.load();
    if (this.connected) this.startPolling();
  }

  private startPolling(): void {
    this.resting = false;
    this.poll = startPoll({
      look: () => this.load(),
      wait: () => (this.running ? whileRunning : otherwise),
      most: mostLooks,
      ended: () => {
        this.resting = true;
      },
    });
  }

  private async listen(): Promise<void> {
    try {
      const stop = await listenToProgress((progress) => {
        if (this.health) this.health = withProgress(this.health, progress);
      });
      if (this.connected) this.stopListening = stop;
      else stop();
    } catch (error) {
      // The poll goes on without the events; what is amiss is for who looks into the console.
      console.warn(problemOf(error).sentence);
    }
  }
}
