"""Fields that store themselves when they are left: a quiet tick, or the reason under the field."""

from typing import TYPE_CHECKING

from branch_desk import lazily

if TYPE_CHECKING:
    from branch_desk.desk.forms.date import DateField
    from branch_desk.desk.forms.drop import DropArea
    from branch_desk.desk.forms.exact import EmailField, MoneyField, PhoneField, PostcodeField
    from branch_desk.desk.forms.field import Field, undo_through
    from branch_desk.desk.forms.form import Form, Summary, jump, refused
    from branch_desk.desk.forms.markdown import MarkdownField
    from branch_desk.desk.forms.person import PersonField
    from branch_desk.desk.forms.plain import Choice, Line, Lines, Tick
else:
    __getattr__ = lazily.parts(
        __name__,
        {
            "date": "DateField",
            "drop": "DropArea",
            "exact": "EmailField MoneyField PhoneField PostcodeField",
            "field": "Field undo_through",
            "form": "Form Summary jump refused",
            "markdown": "MarkdownField",
            "person": "PersonField",
            "plain": "Choice Line Lines Tick",
        },
    )

__all__ = [
    "Choice",
    "DateField",
    "DropArea",
    "EmailField",
    "Field",
    "Form",
    "Line",
    "Lines",
    "MarkdownField",
    "MoneyField",
    "PersonField",
    "PhoneField",
    "PostcodeField",
    "Summary",
    "Tick",
    "jump",
    "refused",
    "undo_through",
]
