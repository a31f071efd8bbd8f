// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Pictures that follow each other, again and again, in one file. */
public final class AnimatedGif implements AutoCloseable {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final int MILLIS_OF_A_UNIT = 10;

    private final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    private final ImageOutputStream output;

    private AnimatedGif(ImageOutputStream output) {
        this.output = output;
    }

    /** Begins a file; one that is there is written anew. */
    public static AnimatedGif at(Path file) throws IOException {
        Files.deleteIfExists(file);
        AnimatedGif gif = new AnimatedGif(ImageIO.createImageOutputStream(file.toFile()));
        gif.writer.setOutput(gif.output);
        gif.writer.prepareWriteSequence(null);
        return gif;
    }

    /** Adds a picture that is shown for this long. */
    public void add(BufferedImage picture, Duration shown) throws IOException {
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromRenderedImage(picture), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", String.valueOf(shown.toMillis() / MILLIS_OF_A_UNIT));
        IIOMetadataNode forEver = new IIOMetadataNode("ApplicationExtension");
        forEver.setAttribute("applicationID", "NETSCAPE");
        forEver.setAttribute("authenticationCode", "2.0");
        forEver.setUserObject(new byte[] {1, 0, 0});
        child(root, "ApplicationExtensions").appendChild(forEver);
        metadata.setFromTree(FORMAT, root);
        writer.writeToSequence(new IIOImage(picture, null, metadata), null);
    }

    @Override
    public void close() throws IOException {
        writer.endWriteSequence();
        output.close();
        writer.dispose();
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode added = new IIOMetadataNode(name);
        root.appendChild(added);
        return added;
    }
}
