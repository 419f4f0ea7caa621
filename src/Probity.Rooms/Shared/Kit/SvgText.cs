using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Probity.Shared.Kit;

/// <summary>Words in a picture: Razor takes the element's name for one of its own.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Where it begins, ends or has its middle, in percent of the picture's width: so that words keep their size on a narrow screen.</summary>
    [Parameter, EditorRequired] public double X { get; set; }

    /// <summary>Its base line, in pixels.</summary>
    [Parameter, EditorRequired] public double Y { get; set; }

    /// <summary>What it says.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>start, middle or end.</summary>
    [Parameter] public string Anchor { get; set; } = "start";

    /// <summary>True for what is said beside the figures: days, scales.</summary>
    [Parameter] public bool Soft { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", string.Create(CultureInfo.InvariantCulture, $"{X:0.##}%"));
        builder.AddAttribute(2, "y", Y.ToString("0.#", CultureInfo.InvariantCulture));
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddAttribute(4, "font-size", Soft ? "13" : "14");
        builder.AddAttribute(5, "fill", Soft ? "#46525c" : "#1d2730");
        builder.AddContent(6, Text);
        builder.CloseElement();
    }
}
