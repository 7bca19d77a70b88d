"""Each report that was kept before cases existed gets its case: a number of the year it came in, its clock from
the day it was reported, and its first events in timeline and log.
"""

import uuid
from zoneinfo import ZoneInfo

from django.db import migrations

from huiqi.catalogue.standards import load_workdays
from huiqi.core.standards.check_pairs import check_pair
from huiqi.core.workflow.clocks import Clock, ClockRule

ZONE = ZoneInfo('Asia/Shanghai')
PLATFORM_ID = uuid.UUID('a7a4d0f2-5a0e-5c44-9d0b-0d6f6b1c2e10')
RULE = ClockRule('answer', '答复时限', 7, amber_left=2, red_left=0)
KINDS = {
    'gone': '这项政策已经取消，或有了新的',
    'amount': '给多少写错了',
    'who': '给谁、条件写错了',
    'time': '日期写错了',
    'how': '怎么办、材料、电话写错了',
    'link': '原网页打不开',
    'other': '别的',
}


def open_cases(apps, schema_editor):
    reports = apps.get_model('library', 'MistakeReport').objects.filter(case_number__isnull=True)
    table = load_workdays()
    cases = apps.get_model('cases', 'Case').objects
    for report in reports.order_by('pk'):
        if kept := cases.filter(kind='mistake', subject_id=report.form_key).first():
            # Migrated before, and back again.
            reports.model.objects.filter(pk=report.pk).update(case_number=kept.number)
            continue
        case = _case(apps, report)
        day = report.reported_at.astimezone(ZONE).date()
        due = Clock(RULE, day).due(table, day)
        apps.get_model('cases', 'CaseClock').objects.create(
            case=case, rule=RULE.id, label=RULE.label, days=RULE.days, unit=str(RULE.unit),
            amber_left=RULE.amber_left, red_left=RULE.red_left,
            started_on=day, due_on=due.on, is_estimated=due.is_estimated,
        )
        apps.get_model('cases', 'Case').objects.filter(pk=case.pk).update(
            due_on=due.on, is_estimated=due.is_estimated
        )
        reports.model.objects.filter(pk=report.pk).update(case_number=case.number)
        _tell(apps, case, f'立件：报错，待处理（原编号 {report.pk}）')


def _case(apps, report):
    year = report.reported_at.astimezone(ZONE).year
    sequence, _ = apps.get_model('cases', 'CaseSequence').objects.get_or_create(
        year=year, code='BC', defaults={'last': 0}
    )
    sequence.last += 1
    sequence.save()
    body = f'{year}-BC-{sequence.last:06}'
    return apps.get_model('cases', 'Case').objects.create(
        number=f'{body}-{check_pair(body)}', kind='mistake', subject_id=report.form_key, state='open',
        title=f'{KINDS[report.kind]}：{report.item_id}'[:120], organisation_id=_office(apps, report),
        party_name='访客', opened_at=report.reported_at, changed_at=report.reported_at,
    )


def _office(apps, report):
    organisations = apps.get_model('accounts', 'Organisation').objects
    found = organisations.filter(kind='platform', closed_at__isnull=True).order_by('created_at', 'id').first()
    if found is None:
        found = organisations.create(
            id=PLATFORM_ID, kind='platform', name='平台运营', created_at=report.reported_at
        )
    return found.pk


def _tell(apps, case, words):
    apps.get_model('cases', 'CaseEvent').objects.create(
        case=case, happened_at=case.opened_at, verb='cases.open', words=words, visibility='both',
        actor_id='system', actor_name='系统',
    )
    apps.get_model('audit', 'AuditEntry').objects.create(
        happened_at=case.opened_at, actor_id='system', actor_name='系统', verb='cases.open',
        subject_kind='case', subject_id=str(case.pk), subject_name=case.number, changes='{}',
    )


def keep_cases(apps, schema_editor):
    """Backwards a report loses its number and nothing else: a timeline is never removed."""


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0006_reports_have_a_case_number'),
        ('cases', '0002_timeline_is_kept_for_ever'),
        ('accounts', '0001_people_and_organisations'),
        ('audit', '0002_kept_for_ever'),
    ]

    operations = [migrations.RunPython(open_cases, keep_cases)]
