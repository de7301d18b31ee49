trigger PlumblineWorkerTrigger on Plumbline_Worker__c(before insert, before update, before delete) {
  if (Trigger.isDelete) {
    PlumblineLeaseGuard.judgeDeleted(Trigger.old);
  } else if (Trigger.isInsert) {
    PlumblineLeaseGuard.judgeNew(Trigger.new);
  } else {
    PlumblineLeaseGuard.judgeChanged(Trigger.new, Trigger.oldMap);
  }
}
