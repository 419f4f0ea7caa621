using Microsoft.AspNetCore.Components;

namespace Probity.Shared.Kit;

/// <summary>What every field has. Its error comes from the page it stands on.</summary>
public abstract class Field : ComponentBase
{
    /// <summary>The name it is posted under; also its id, so the error summary can lead to it.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>What is asked.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Help in one sentence.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>True where the field is the page's only question: its label is then the h1.</summary>
    [Parameter] public bool IsHeading { get; set; }

    /// <summary>The page's refusals.</summary>
    [CascadingParameter] public IReadOnlyList<FieldError> Errors { get; set; } = [];

    /// <summary>This field's refusal.</summary>
    protected string? Error => Errors.FirstOrDefault(error => error.Field == Name)?.Message;

    /// <summary>What is said below it.</summary>
    protected string? ErrorDetail => Errors.FirstOrDefault(error => error.Field == Name)?.Detail;

    /// <summary>Ids of the hint and the error.</summary>
    protected string? DescribedBy =>
        (Hint, Error) switch
        {
            (null, null) => null,
            (_, null) => $"{Name}-hint",
            (null, _) => $"{Name}-error",
            _ => $"{Name}-hint {Name}-error",
        };

    /// <summary>The classes of an input, with its error's.</summary>
    protected string Classes(string block, string? more = null) =>
        string.Join(' ', new[] { block, Error is null ? null : $"{block}--error", more }.Where(name => name is not null));

    /// <summary>The element's id for the choice at <paramref name="index"/>: the first one has the field's own.</summary>
    protected string ChoiceId(int index) => index == 0 ? Name : $"{Name}-{index + 1}";
}
