import { callMethod } from '../runtime/invoke.ts';
import { throwApex } from '../runtime/throw.ts';
import type { TestContext, Thread } from '../runtime/thread.ts';
import { known } from '../types/index.ts';
import { type DatetimeValue, ListValue, NativeValue, type SetValue, type Value } from '../values/index.ts';
import { define } from './define.ts';

const idOf = (_thread: Thread, self: NativeValue): string => (self.state as { readonly id: string }).id;

define('QueueableContext', { methods: { 'Id getJobId()': idOf } });
define('SchedulableContext', { methods: { 'Id getTriggerId()': idOf } });
define('Queueable', { kind: 'interface', abstracts: ['void execute(QueueableContext)'] });
define('Schedulable', { kind: 'interface', abstracts: ['void execute(SchedulableContext)'] });
define('Callable', { kind: 'interface', abstracts: ['Object call(String, Map<String,Object>)'] });
define('InstallHandler', { kind: 'interface', abstracts: ['void onInstall(InstallContext)'] });
define('UninstallHandler', { kind: 'interface', abstracts: ['void onUninstall(UninstallContext)'] });
define('InstallContext', { methods: { 'Id organizationId()': idOf, 'Boolean isUpgrade()': () => false } });
define('UninstallContext', { methods: { 'Id organizationId()': idOf } });
define('SandboxContext', {
  kind: 'interface',
  abstracts: ['Id organizationId()', 'Id sandboxId()', 'String sandboxName()'],
});
define('SandboxPostCopy', { kind: 'interface', abstracts: ['void runApexClass(SandboxContext)'] });
define('TestSandboxContext', {
  implements: ['SandboxContext'],
  methods: {
    'Id organizationId()': (thread: Thread) => thread.host.org.id,
    'Id sandboxId()': (thread: Thread) => thread.host.org.id,
    'String sandboxName()': (_thread: Thread, self: NativeValue) => (self.state as { readonly text: string }).text,
  },
});

function testOf(thread: Thread): TestContext {
  return thread.test ?? throwApex(thread, 'TypeException', 'Test methods are only allowed in a test');
}

function stop(thread: Thread): void {
  const test = testOf(thread);
  if (!test.started || test.stopped) throwApex(thread, 'FinalException', 'Testing has not started');
  test.stopped = true;
  runJobs(thread, test);
}

/** Runs what was queued since `startTest`, as the end of a test does; what those jobs queue stays queued. */
export function runJobs(thread: Thread, test: TestContext): void {
  for (const job of test.jobs.splice(0)) thread.host.runJob(job, thread.userId, test, thread);
  deliver(test);
}

function deliver(test: TestContext): void {
  for (const each of test.deliveries.splice(0)) each();
}

define('EventBus.TestBroker', {
  methods: { 'void deliver()': (thread: Thread) => deliver(testOf(thread)) },
});

define('Test', {
  statics: {
    'Boolean isRunningTest()': (thread: Thread) => thread.test !== undefined,
    'void startTest()': (thread: Thread) => {
      const test = testOf(thread);
      if (test.started) throwApex(thread, 'FinalException', 'Testing already started');
      test.started = true;
      thread.renewLimits();
    },
    'void stopTest()': stop,
    'void setMock(Type, Object)': (thread: Thread, _type: Value, mock: Value) => {
      testOf(thread).calloutMock = mock;
    },
    'EventBus.TestBroker getEventBus()': (thread: Thread) => {
      testOf(thread);
      return new NativeValue(known('EventBus.TestBroker'), { text: 'EventBus.TestBroker' });
    },
    'Id getStandardPricebookId()': (thread: Thread) =>
      throwApex(thread, 'TypeException', 'unsupported Test.getStandardPricebookId in the local org'),
    'void setCreatedDate(Id, Datetime)': (thread: Thread, id: string, moment: DatetimeValue) => {
      testOf(thread);
      if (!thread.unit.backdate(id, Math.floor(moment.milliseconds / 1000))) {
        throwApex(thread, 'TypeException', `Cannot set the created date of ${id}`);
      }
    },
    'void testSandboxPostCopyScript(SandboxPostCopy, Id, Id, String)': (
      thread: Thread,
      script: Value,
      _organization: string,
      _sandbox: string,
      name: string,
    ) =>
      void callMethod(thread, script, 'runApexClass', [new NativeValue(known('TestSandboxContext'), { text: name })]),
    'void testInstall(InstallHandler, Object?)': (thread: Thread, handler: Value) =>
      void callMethod(thread, handler, 'onInstall', [
        new NativeValue(known('InstallContext'), { id: thread.host.org.id }),
      ]),
  },
});

interface MailState {
  readonly text: string;
  readonly to: string[];
  subject: string;
  body: string;
  target: string | null;
  typeId: string | null;
}

const mail = (self: NativeValue) => self.state as MailState;
const made = (name: string) => () =>
  new NativeValue(known(name), {
    text: name,
    to: [],
    subject: '',
    body: '',
    target: null,
    typeId: null,
  } satisfies MailState);

define('Messaging.Email', {});
define('Messaging.SingleEmailMessage', {
  extends: 'Messaging.Email',
  constructors: { '()': made('Messaging.SingleEmailMessage') },
  methods: {
    'void setToAddresses(List<String>)': (_thread: Thread, self: NativeValue, to: ListValue) =>
      void mail(self).to.push(...to.items.map(String)),
    'void setSubject(String)': (_thread: Thread, self: NativeValue, subject: string) => {
      mail(self).subject = subject;
    },
    'void setPlainTextBody(String)': (_thread: Thread, self: NativeValue, body: string) => {
      mail(self).body = body;
    },
    'void setHtmlBody(String)': (_thread: Thread, self: NativeValue, body: string) => {
      mail(self).body = body;
    },
    'void setTargetObjectId(Id)': (_thread: Thread, self: NativeValue, id: string) => {
      mail(self).target = id;
    },
    'void setSaveAsActivity(Boolean)': () => undefined,
    'void setUseSignature(Boolean)': () => undefined,
    'void setSenderDisplayName(String)': () => undefined,
    'void setReplyTo(String)': () => undefined,
  },
});
define('Messaging.SendEmailResult', {
  methods: { 'Boolean isSuccess()': () => true },
});
define('Messaging', {
  statics: {
    'List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email>)': send,
    'List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email>, Boolean)': send,
    'void reserveSingleEmailCapacity(Integer)': () => undefined,
  },
});

function send(thread: Thread, mails: ListValue): ListValue {
  thread.take('emails');
  for (const each of mails.items) {
    const { to, subject, body, target } = mail(each as NativeValue);
    if (to.length === 0 && target === null)
      throwApex(
        thread,
        'EmailException',
        'SendEmail failed. REQUIRED_FIELD_MISSING, Add a recipient to send an email.',
      );
    thread.host.send({ kind: 'email', to: target === null ? to : [...to, target], subject, body, target: null });
  }
  return new ListValue(
    mails.items.map(() => new NativeValue(known('Messaging.SendEmailResult'), { text: 'Messaging.SendEmailResult' })),
  );
}

define('Messaging.CustomNotification', {
  constructors: { '()': made('Messaging.CustomNotification') },
  methods: {
    'void setTitle(String)': (_thread: Thread, self: NativeValue, title: string) => {
      mail(self).subject = title;
    },
    'void setBody(String)': (_thread: Thread, self: NativeValue, body: string) => {
      mail(self).body = body;
    },
    'void setTargetId(String)': (_thread: Thread, self: NativeValue, id: string) => {
      mail(self).target = id;
    },
    'void setNotificationTypeId(String)': (_thread: Thread, self: NativeValue, id: string) => {
      mail(self).typeId = id;
    },
    'void send(Set<String>)': (thread: Thread, self: NativeValue, users: SetValue) => {
      const { subject, body, target, typeId } = mail(self);
      if (typeId === null || subject === '' || body === '') {
        throwApex(thread, 'HandledException', 'A custom notification needs its type, a title and a body');
      }
      thread.host.send({ kind: 'notification', to: [...users.items.values()].map(String), subject, body, target });
    },
  },
});
