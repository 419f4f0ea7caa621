using System.Globalization;
using System.Text;
using QRCoder;

namespace Probity.Shared;

/// <summary>A QR code as the path of an SVG picture: no style, no script, no request to anybody.</summary>
internal static class QrPicture
{
    /// <summary>The side of the square and the path that fills its dark fields.</summary>
    public static (int Side, string Path) Draw(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        return (code.ModuleMatrix.Count, path.ToString());
    }
}
